// A Chart.js plugin: marks the row that `chart.$at` names, if any. <metric-chart> sets it, draws, and gives the colours.

const crosshair = {
  id: "crosshair",

  afterDatasetsDraw(chart, _args, { colours }) {
    const at = chart.$at ?? null;
    if (at !== null) {
      const left = chart.scales.x.getPixelForValue(at);
      drawLine(chart, left, colours);
      drawPoint(chart, left, chart.data.datasets[0].data[at], colours);
    }
  },
};

function drawLine({ ctx, chartArea }, left, { text }) {
  ctx.save();
  ctx.beginPath();
  ctx.strokeStyle = text;
  ctx.lineWidth = 1;
  ctx.moveTo(left, chartArea.top - 6);
  ctx.lineTo(left, chartArea.bottom);
  ctx.stroke();
  ctx.restore();
}

function drawPoint({ ctx, scales }, left, value, { line, sheet }) {
  if (value === null) {
    return;
  }
  ctx.save();
  ctx.beginPath();
  ctx.arc(left, scales.y.getPixelForValue(value), 4.5, 0, 2 * Math.PI);
  ctx.fillStyle = sheet;
  ctx.fill();
  ctx.strokeStyle = line;
  ctx.lineWidth = 2.5;
  ctx.stroke();
  ctx.restore();
}

window.Chart?.register(crosshair);
