import { h, render } from './dom.js';
import { colour, duration } from './format.js';

const Few = 150;
const Margin = 10;
const QueryLength = 48;

/**
 * The spans of a trace below each other, as long as they took. Of many only those that can be seen are there, all of the same height: the
 * page stays quick with thousands.
 */
export function waterfall(choose, fold, signal) {
  const element = h('ol', { key: 'spans', class: 'waterfall', 'data-own': true });
  let [rows, options, height, asked] = [[], {}, 0, false];
  const later = () => {
    asked ||= requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
  addEventListener('scroll', later, { passive: true, signal });
  addEventListener('resize', () => {
    height = 0;
    later();
  }, { signal });

  function draw() {
    const many = rows.length > Few;
    element.classList.toggle('many', many);
    if (!many) {
      element.style.cssText = '';
      render(element, rows.map((row, place) => line(row, place)));
      return;
    }

    if (height === 0) {
      render(element, line(rows[0], 0));
      height = element.firstChild.offsetHeight || 30;
    }

    const above = -element.getBoundingClientRect().top;
    const first = Math.min(Math.max(0, Math.floor(above / height) - Margin), Math.max(0, rows.length - 1));
    const last = Math.min(rows.length, Math.ceil((above + innerHeight) / height) + Margin);
    element.style.paddingTop = `${first * height}px`;
    element.style.paddingBottom = `${Math.max(0, rows.length - Math.max(last, first + 1)) * height}px`;
    render(element, rows.slice(first, Math.max(last, first + 1)).map((row, place) => line(row, first + place)));
  }

  function line({ span, depth, children, folded, peer }, place) {
    const { start, total, chosen, isFound } = options;
    return h('li', {
      key: span.spanId, 'aria-setsize': rows.length, 'aria-posinset': place + 1, 'data-span': span.spanId,
      class: [span.failed && 'error', span.spanId === chosen && 'chosen', isFound && (isFound(span) ? 'found' : 'dim')].filter(Boolean).join(' '),
    },
    h('span', { class: 'label', style: { '--depth': String(Math.min(depth, 12)) } },
      children > 0 ? h('button', { class: 'plain', 'aria-expanded': String(!folded), 'aria-label': span.name, onclick: () => fold(span.spanId) }, folded ? '▸' : '▾') : h('i', {}),
      h('button', { class: 'plain text', title: span.name, onclick: () => choose(span.spanId) },
        h('span', { class: `who ${colour(span.source)}` }, span.source), ' ', span.name, peer && h('small', {}, ` → ${peer}`), query(span),
        folded && h('small', {}, ` (+${children})`), span.failed && h('span', { class: 'badge bad' }, '!'))),
    h('span', { class: 'track' }, h('span', {
      class: `span ${colour(span.source)}`, style: { '--start': `${100 * (span.start - start) / total}%`, '--share': `${100 * span.duration / total}%` },
    }), h('small', { style: { '--start': `${Math.min(86, 100 * (span.start - start) / total)}%` } }, duration(span.duration))));
  }

  return {
    element,
    /** Shows rows: `start` and `total` say what the whole width stands for, `chosen` which one is open, `isFound` what is looked for. */
    show(shown, how) {
      [rows, options] = [shown, how];
      draw();
    },
    /** Scrolls until a span can be seen. */
    reveal(spanId) {
      const place = rows.findIndex(row => row.span.spanId === spanId);
      if (place < 0) return;
      const known = element.querySelector(`[data-span="${spanId}"]`);
      const top = known ? known.getBoundingClientRect().top : element.getBoundingClientRect().top + place * height;
      if (top < 80 || top > innerHeight - 60) scrollTo({ top: scrollY + top - innerHeight / 3 });
      draw();
    },
  };
}

// What was asked of a database says more than the database's name.
function query(span) {
  const text = span.attributes['db.query.text'] ?? span.attributes['db.statement'];
  return text && h('small', {}, ` ${text.length > QueryLength ? `${text.slice(0, QueryLength)}…` : text}`);
}
