import uPlot from './uPlot.esm.js';
import { h } from './dom.js';
import { round } from './format.js';
import { t } from './texts.js';

const Height = 320;
const Colours = 12;

const clock = (seconds, letters = 8) => new Date(seconds * 1000).toTimeString().slice(0, letters);
// Seconds say nothing between ticks that are minutes apart.
const clocks = (plot, ticks, axis, space, apart) => ticks.map(tick => clock(tick, apart < 60 ? 8 : 5));
const lastOf = values => values?.findLast(value => value !== null && value !== undefined);

/** A chart of lines over time. */
export function chart() {
  const element = h('div', { class: 'chart', 'data-own': true });
  let [plot, shape] = [null, ''];
  const watch = new ResizeObserver(() => plot?.setSize({ width: element.clientWidth, height: Height }));
  watch.observe(element);

  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  function make(labels, unit) {
    plot?.destroy();
    const axis = { stroke: style('--text'), grid: { stroke: style('--line'), width: 1 }, ticks: { stroke: style('--line'), width: 1 } };
    plot = new uPlot({
      width: element.clientWidth || 600,
      height: Height,
      series: [{ label: t('time'), value: (plot, seconds) => clock(seconds ?? plot.data?.[0].at(-1) ?? 0) }, ...labels.map((label, place) => ({
        label, stroke: style(`--hue-${place % Colours}`), width: 1.5, spanGaps: false, points: { show: true, size: 4 },
        // The latest, while nobody points at a time.
        value: (plot, value, line, place) => {
          const shown = place === null || place === undefined ? lastOf(plot.data?.[line]) : value;
          return shown === null || shown === undefined ? '' : `${round(shown)} ${unit}`;
        },
      }))],
      padding: [null, 24, null, null],
      axes: [{ ...axis, space: 70, values: clocks }, { ...axis, size: 70, values: (_, ticks) => ticks.map(tick => String(tick)) }],
      scales: { y: { range: (_, low, high) => [Math.min(0, low ?? 0), (high ?? 0) > 0 ? high * 1.1 : 1] } },
    }, [[], ...labels.map(() => [])], element);
  }

  return {
    element,
    /** Draws lines; the chart stays the same one while their names do. */
    draw(lines, unit, { from, to }) {
      element.hidden = lines.length === 0;
      if (lines.length === 0) return;
      const wanted = JSON.stringify([lines.map(line => line.label), unit, document.documentElement.lang, document.documentElement.dataset.theme]);
      if (wanted !== shape) make(lines.map(line => line.label), unit);
      shape = wanted;
      plot.setData(uPlot.join(lines.map(line => [line.times, line.values])), false);
      plot.batch(() => {
        plot.setData(plot.data, true);
        plot.setScale('x', { min: from / 1000, max: to / 1000 });
      });
      plot.setLegend({});
    },
    dispose() {
      watch.disconnect();
      plot?.destroy();
    },
  };
}
