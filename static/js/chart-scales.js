// window.chartScales(full, colours, levels): the axes of a <metric-chart>, as Chart.js wants them. They show when `full`.
// window.chartNumber(value, options): a number as the page writes it, thin spaces between its thousands.
// window.chartValue(value, marks): three digits that count, all digits of whole numbers, and the decimals of the marks.
// window.chartMark(value): a goal that somebody typed has all its digits; one that was computed has three that count.
// Both as on the tiles (`beside` and `mark` in words.py).

function across(full, colours) {
  return {
    display: full,
    border: { color: colours.grid },
    grid: { display: false },
    ticks: { autoSkipPadding: 28, color: colours.text, font: { family: "Inter", size: 12 }, maxRotation: 0 },
  };
}

// With axes the ends are round numbers; without, the line and its goal use all the height there is.
function up(full, colours, levels) {
  const ends = levels.length ? [Math.min(...levels), Math.max(...levels)] : [0, 1];
  const room = (ends[1] - ends[0] || Math.abs(ends[0]) || 1) * 0.06;
  return {
    ...(full ? { suggestedMin: ends[0], suggestedMax: ends[1] } : { min: ends[0] - room, max: ends[1] + room }),
    display: full,
    border: { display: false },
    grid: { color: colours.grid, drawTicks: false },
    ticks: {
      callback: (value) => window.chartNumber(value, { maximumSignificantDigits: 12 }),
      color: colours.text,
      font: { family: "Inter", size: 12 },
      maxTicksLimit: 5,
      padding: 8,
    },
  };
}

const SIGNS = { group: "\u202f", minusSign: "\u2212" };

window.chartNumber = (value, options) =>
  new Intl.NumberFormat(document.documentElement.lang, options)
    .formatToParts(value)
    .map(({ type, value: sign }) => SIGNS[type] ?? sign)
    .join("");

function places(value) {
  return value === 0 ? 0 : Math.min(Math.max(2 - Math.floor(Math.log10(Math.abs(value))), 0), 12);
}

function placesOfMark(value) {
  const isTyped = Number(value.toPrecision(6)) === value;
  const typed = isTyped ? value.toFixed(6).replace(/0+$/, "").split(".")[1].length : 0;
  return Math.max(places(value), typed);
}

window.chartValue = (value, marks) =>
  window.chartNumber(value, { maximumFractionDigits: Math.max(places(value), ...marks.map(placesOfMark)) });

window.chartMark = (value) => window.chartNumber(value, { maximumFractionDigits: placesOfMark(value) });

window.chartScales = (full, colours, levels) => ({ x: across(full, colours), y: up(full, colours, levels) });
