// A Chart.js plugin: the goal of a metric as lines behind its values. <metric-chart> gives its options:
//   level, upper, baseline   numbers or null; with upper the goal is to stay between the two
//   start, due            row indexes, due may lie beyond the picture, or null
//   past                  ends of the goal of each row; those that differ from the goal's are earlier, drawn faintly
//   pace                  draw the straight line from baseline at start to level at due
//   words                 said at the end of the line, or ""        colours  goal, past, text, sheet

const goalLines = {
  id: "goal-lines",

  beforeDatasetsDraw(chart, _args, goal) {
    drawPast(chart, goal);
    if (goal.level !== null) {
      drawPace(chart, goal);
      drawBaseline(chart, goal);
      for (const level of [goal.level, goal.upper].filter((end) => end !== null)) {
        drawLevel(chart, level, goal);
        drawDue(chart, level, goal);
      }
    }
  },

  afterDatasetsDraw(chart, _args, goal) {
    if (goal.level !== null && goal.words) {
      drawWords(chart, goal);
    }
  },
};

function drawPast(chart, { past, level, upper, colours }) {
  const { x, y } = chart.scales;
  for (let at = 1; at < past.length; at += 1) {
    for (const end of past[at].filter((each) => each !== level && each !== upper && past[at - 1].includes(each))) {
      const height = y.getPixelForValue(end);
      stroke(chart, [colours.past, 1, [3, 3]], [x.getPixelForValue(at - 1), height], [x.getPixelForValue(at), height]);
    }
  }
}

// Start and due date may lie outside the picture: then the line of pace enters or leaves it on its way.
function drawPace(chart, { pace, baseline, level, start, due, colours }) {
  if (!pace || baseline === null || due === null) {
    return;
  }
  const { x, y } = chart.scales;
  const [from, to] = [Math.max(start, 0), Math.min(due, x.max)].map((at) => {
    const then = baseline + ((level - baseline) * (at - start)) / (due - start || 1);
    return [x.getPixelForValue(at), y.getPixelForValue(then)];
  });
  stroke(chart, [colours.past, 1], from, to);
}

function drawBaseline(chart, { baseline, start, colours }) {
  if (baseline !== null) {
    const left = chart.scales.x.getPixelForValue(Math.max(start, 0));
    const height = chart.scales.y.getPixelForValue(baseline);
    stroke(chart, [colours.text, 2], [left, height], [left + 24, height]);
  }
}

function drawLevel(chart, level, { start, colours }) {
  const { right } = chart.chartArea;
  const left = Math.min(chart.scales.x.getPixelForValue(Math.max(start, 0)), right);
  const height = chart.scales.y.getPixelForValue(level);
  stroke(chart, [colours.goal, 1.5, [5, 4]], [left, height], [right, height]);
}

// A tick at the due date, or an arrow when it lies beyond the picture.
function drawDue(chart, level, { due, colours }) {
  const { x, y } = chart.scales;
  if (due === null) {
    return;
  }
  const left = Math.max(x.getPixelForValue(Math.min(due, x.max)), chart.chartArea.left);
  const height = y.getPixelForValue(level);
  if (due > x.max) {
    stroke(chart, [colours.goal, 2], [left - 5, height - 5], [left, height], [left - 5, height + 5]);
  } else {
    stroke(chart, [colours.goal, 2], [left, height - 7], [left, height + 7]);
  }
}

// With a halo: the values may run behind the words.
function drawWords(chart, { words, level, upper, colours }) {
  const { ctx, chartArea, scales } = chart;
  const place = [words, chartArea.right, scales.y.getPixelForValue(upper ?? level) - 10];
  ctx.save();
  ctx.font = "600 12px Inter";
  ctx.textAlign = "right";
  ctx.lineJoin = "round";
  ctx.lineWidth = 5;
  ctx.strokeStyle = colours.sheet;
  ctx.strokeText(...place);
  ctx.fillStyle = colours.goal;
  ctx.fillText(...place);
  ctx.restore();
}

function stroke({ ctx }, [colour, width, dash = []], [left, top], ...points) {
  ctx.save();
  ctx.beginPath();
  ctx.strokeStyle = colour;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.moveTo(left, top);
  for (const point of points) {
    ctx.lineTo(...point);
  }
  ctx.stroke();
  ctx.restore();
}

window.Chart?.register(goalLines);
