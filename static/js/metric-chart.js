// <metric-chart> draws the table that it wraps. The table stays: it is the data, and the text of it.
//
// Table: one row a period, oldest first, without holes (an empty cell is a gap).
//   <tr [data-open]><th>label<td>value[<td>goal of that period]      data-open: the period is not over
//   Values are plain numbers with a decimal point. With a third column earlier goals are drawn faintly; one to stay
//   between is "19 – 25".
// Attributes, all optional but data-summary:
//   data-summary   the sentence that a screen reader hears for the drawing
//   data-unit      said after each value
//   data-status    picks the colour (chart.css)
//   data-size      "tile" (no axes) or "full"
//   data-goal      number: dashed line          data-upper     number: a second one, to stay between
//   data-baseline  number: tick where the goal starts
//   data-start-in, data-due-in                  periods from the last row to start (<= 0) and due date
//   data-due       the due date in words        data-pace      draw the straight line from baseline to goal
//   data-goal-word, data-open-word, data-gap-word, data-role-word   translated words
// What draws the rest must be loaded before: chart-scales.js axes, goal-lines.js the goal, crosshair.js the point that is
// looked at.
// It draws again when its attributes or rows become others; whoever looks at a point goes on looking at its period.
// Keys: Left, Right, Home, End step through the points and speak them; Escape lets go.

const AHEAD = 0.14; // at most this share of the width is future

class MetricChart extends HTMLElement {
  #chart;
  #canvas;
  #readout;
  #voice;
  #rows = [];
  #at = null;
  #ends;
  #watcher;

  connectedCallback() {
    if (!window.Chart) {
      return;
    }
    this.#ends = new AbortController();
    this.#rows = this.#read();
    this.#build();
    this.#chart = new window.Chart(this.#canvas, this.#configuration());
    this.#listen();
    this.#watch();
  }

  disconnectedCallback() {
    this.#ends?.abort();
    this.#watcher?.disconnect();
    this.#chart?.destroy();
    this.querySelector(".chart__plot")?.replaceChildren();
  }

  #read() {
    const rows = this.querySelectorAll("tbody tr");
    return Array.from(rows, ({ cells, dataset }) => ({
      label: cells[0].textContent.trim(),
      value: numbers(cells[1])[0] ?? null,
      goal: numbers(cells[2]),
      open: "open" in dataset,
    }));
  }

  #build() {
    this.#canvas = document.createElement("canvas");
    this.#canvas.tabIndex = 0;
    this.#canvas.setAttribute("role", "application");
    this.#canvas.setAttribute("aria-roledescription", this.dataset.roleWord ?? "chart");
    this.#canvas.setAttribute("aria-label", this.dataset.summary ?? "");

    this.#readout = document.createElement("p");
    this.#readout.className = "chart__readout";
    this.#readout.ariaHidden = "true";

    this.#voice = document.createElement("p");
    this.#voice.className = "visually-hidden";
    this.#voice.setAttribute("aria-live", "polite");

    this.querySelector(".chart__plot").replaceChildren(this.#canvas, this.#readout, this.#voice);
  }

  #listen() {
    const { signal } = this.#ends;
    for (const query of ["(prefers-color-scheme: dark)", "print"]) {
      matchMedia(query).addEventListener("change", () => this.#recolour(), { signal });
    }
    this.#canvas.addEventListener("keydown", (event) => this.#key(event), { signal });
    this.#canvas.addEventListener("focus", () => this.#point(this.#rows.length - 1), { signal });
    this.#canvas.addEventListener("blur", () => this.#point(null), { signal });
    this.#canvas.addEventListener("pointermove", (event) => this.#point(this.#under(event)), { signal });
    this.#canvas.addEventListener("pointerleave", () => this.#point(null), { signal });
  }

  #watch() {
    this.#watcher = new MutationObserver(() => this.#take());
    this.#watcher.observe(this, { attributes: true });
    const rows = this.querySelector("tbody");
    const everything = { attributes: true, characterData: true, childList: true, subtree: true };
    if (rows) {
      this.#watcher.observe(rows, everything);
    }
  }

  #take() {
    const looked = this.#rows[this.#at]?.label;
    this.#rows = this.#read();
    this.#canvas.setAttribute("aria-label", this.dataset.summary ?? "");
    this.#recolour();
    if (looked !== undefined) {
      const at = this.#rows.findIndex(({ label }) => label === looked);
      this.#at = null;
      this.#point(at === -1 ? this.#rows.length - 1 : at);
    }
  }

  #key(event) {
    const last = this.#rows.length - 1;
    const at = this.#at ?? last;
    const target = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last }[event.key];
    if (target !== undefined) {
      event.preventDefault();
      this.#point(Math.min(Math.max(target, 0), last));
      this.#voice.textContent = this.#words(this.#at);
    } else if (event.key === "Escape") {
      this.#point(null);
    }
  }

  #under(event) {
    const index = this.#chart.scales.x.getValueForPixel(event.offsetX);
    return Math.min(Math.max(index, 0), this.#rows.length - 1);
  }

  #point(at) {
    if (this.#rows.length === 0 || at === this.#at) {
      return;
    }
    this.#at = at;
    this.#readout.classList.toggle("is-on", at !== null);
    if (at !== null) {
      this.#readout.textContent = this.#words(at);
      this.#place(this.#chart.scales.x.getPixelForValue(at));
    }
    this.#chart.$at = at;
    this.#chart.draw();
  }

  #place(x) {
    const room = this.#canvas.clientWidth - this.#readout.offsetWidth;
    const left = Math.min(Math.max(x - this.#readout.offsetWidth / 2, 0), Math.max(room, 0));
    this.#readout.style.insetInlineStart = "auto";
    this.#readout.style.left = `${left}px`;
  }

  #words(at) {
    const { label, value, goal, open } = this.#rows[at];
    const { unit, goalWord = "goal", gapWord = "no data", openWord = "not over yet" } = this.dataset;
    if (value === null) {
      return `${label}: ${gapWord}`;
    }
    const marks = this.#marks("goal", "upper");
    const parts = [`${label}: ${window.chartValue(value, marks)} ${unit ?? ""}`.trim()];
    const target = goal.length === 0 && at >= this.#start() ? marks : goal;
    if (target.length > 0) {
      parts.push(`${goalWord} ${span(target)}`);
    }
    if (open) {
      parts.push(openWord);
    }
    return parts.join(", ");
  }

  #marks(...names) {
    return names.map((name) => this.#number(name)).filter((mark) => mark !== null);
  }

  #number(name) {
    const text = this.dataset[name];
    return text === undefined || text === "" ? null : Number(text);
  }

  // Which row the goal began in; no earlier one is measured by it.
  #start() {
    const last = this.#rows.length - 1;
    return last + (this.#number("startIn") ?? -last);
  }

  #ahead() {
    const due = this.#number("dueIn") ?? 0;
    return Math.min(Math.max(due, 0), Math.ceil(this.#rows.length * AHEAD));
  }

  #colours() {
    const names = ["line", "goal", "past", "grid", "text", "sheet"];
    const colours = {};
    for (const name of names) {
      this.#canvas.style.color = `var(--chart-${name})`;
      colours[name] = getComputedStyle(this.#canvas).color;
    }
    return colours;
  }

  #recolour() {
    const { options, data } = this.#configuration();
    this.#chart.options = options;
    this.#chart.data = data;
    this.#chart.update();
  }

  #configuration() {
    const colours = this.#colours();
    const full = this.dataset.size === "full";
    const labels = this.#rows.map((row) => row.label).concat(Array(this.#ahead()).fill(""));
    return {
      type: "line",
      data: { labels, datasets: [line(this.#rows, colours)] },
      options: {
        animation: false,
        events: [],
        maintainAspectRatio: false,
        font: { family: "Inter" },
        layout: { padding: full ? { top: 18, right: 8 } : { top: 8, right: 6, bottom: 8, left: 2 } },
        plugins: {
          "goal-lines": this.#goal(colours),
          crosshair: { colours },
        },
        scales: window.chartScales(full, colours, this.#levels()),
      },
    };
  }

  #levels() {
    const levels = this.#rows.flatMap((row) => [row.value, ...row.goal]).filter((level) => level !== null);
    return levels.concat(this.#marks("goal", "upper", "baseline"));
  }

  #goal(colours) {
    const last = this.#rows.length - 1;
    const [level, due] = [this.#number("goal"), this.#number("dueIn")];
    const words = [`${this.dataset.goalWord ?? "goal"} ${span(this.#marks("goal", "upper"))}`, this.dataset.due];
    return {
      level,
      upper: this.#number("upper"),
      baseline: this.#number("baseline"),
      start: this.#start(),
      due: due === null ? null : last + due,
      past: this.#rows.map((row) => row.goal),
      pace: "pace" in this.dataset,
      words: this.dataset.size === "full" ? words.filter(Boolean).join(" · ") : "",
      colours,
    };
  }
}

// None where it is a gap, two of a goal to stay between.
function numbers(cell) {
  return (cell?.textContent ?? "")
    .split("–")
    .filter((text) => text.trim())
    .map(Number);
}

function span(ends) {
  return ends.map(window.chartMark).join(" – ");
}

function line(rows, colours) {
  const values = rows.map((row) => row.value);
  const lastClosed = rows.findLastIndex((row) => row.value !== null && !row.open);
  const alone = (at) => values[at] !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null;
  return {
    data: values,
    borderColor: colours.line,
    borderWidth: 2.25,
    borderJoinStyle: "round",
    pointBackgroundColor: rows.map((row) => (row.open ? colours.sheet : colours.line)),
    pointBorderColor: colours.line,
    pointBorderWidth: 1.75,
    pointRadius: rows.map((row, at) => (at === lastClosed || row.open ? 3.25 : alone(at) ? 1.5 : 0)),
    pointHoverRadius: 0,
    clip: false,
    segment: { borderDash: ({ p1DataIndex }) => (rows[p1DataIndex].open ? [2, 4] : undefined) },
  };
}

customElements.define("metric-chart", MetricChart);
