import uPlot from './uPlot.esm.js';
import { h } from './dom.js';
import { round } from './format.js';
import { t } from './texts.js';

const Height = 320;
const Colours = 12;

const clock = seconds => new Date(seconds * 1000).toTimeString().slice(0, 8);

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
      series: [{ label: t('time'), value: (_, seconds) => seconds ? clock(seconds) : '' }, ...labels.map((label, place) => ({
        label, stroke: style(`--hue-${place % Colours}`), width: 1.5, spanGaps: false, points: { show: true, size: 4 },
        value: (_, value) => value === null || value === undefined ? '' : `${round(value)} ${unit}`,
      }))],
      axes: [{ ...axis, values: (_, ticks) => ticks.map(clock) }, { ...axis, size: 70, values: (_, ticks) => ticks.map(tick => String(tick)) }],
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
    },
    dispose() {
      watch.disconnect();
      plot?.destroy();
    },
  };
}
