// window.chartScales(full, colours, levels): the axes of a <metric-chart>, as Chart.js wants them. They show when `full`.
// window.chartNumber(value, options): a number as the page writes it, thin spaces between its thousands.

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

window.chartScales = (full, colours, levels) => ({ x: across(full, colours), y: up(full, colours, levels) });
