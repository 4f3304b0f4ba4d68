import { h, render, settled } from './dom.js';
import { get } from './api.js';
import { colour, time } from './format.js';
import { t } from './texts.js';

const Kept = 5000;
// Colours and cursor movements of terminals; the text counts.
const Escapes = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** What one resource or all of them write. */
export async function show(root, { id, signal, go }) {
  const options = { follow: true, times: true, wrap: localStorage.getItem('wrap') !== 'no', text: '' };
  const output = h('div', { class: 'console', tabindex: 0, role: 'log', 'aria-label': t('nav.console'), 'data-own': true, onscroll: scrolled });
  const bar = h('div', { class: 'filters' });
  const [names, lines] = [(await get('/api/resources', signal)).filter(one => one.instances.length + one.commands.length > 0).map(one => one.name), []];
  const address = id ? `/api/resources/${encodeURIComponent(id)}/console` : '/api/console';
  let found = 0;
  root.append(h('h1', {}, t('nav.console')), bar, output);

  const stream = new EventSource(`${address}?follow=true&last=${Kept}`);
  // Each connection begins with the last lines.
  stream.onopen = () => clear();
  stream.onmessage = event => add(JSON.parse(event.data));
  signal.addEventListener('abort', () => stream.close());
  showBar();

  function showBar() {
    const box = (key, changed) => h('label', {}, h('input', {
      type: 'checkbox', checked: options[key], onchange: event => { options[key] = event.target.checked; changed(); showBar(); },
    }), t(`console.${key}`));
    output.classList.toggle('wrap', options.wrap);
    output.classList.toggle('times', options.times);
    render(bar,
      h('label', {}, t('filter.source'), h('select', { value: id, onchange: event => go(`/console/${event.target.value}`) },
        h('option', { value: '' }, t('all')), names.map(name => h('option', { value: name }, name)))),
      h('label', {}, t('console.search'), h('input', { type: 'search', value: options.text, oninput: settled(event => { options.text = event.target.value; search(); }) })),
      h('span', { class: 'small' }, options.text && t('console.found', found, lines.length)),
      box('follow', toEnd), box('times', () => {}), box('wrap', () => localStorage.setItem('wrap', options.wrap ? 'yes' : 'no')),
      h('a', { class: 'button', href: `${address}?format=text&last=10000`, download: `${id || 'all'}.log` }, t('console.download')),
      h('button', { onclick: clear }, t('console.clear')));
  }

  function clear() {
    lines.length = 0;
    output.replaceChildren();
  }

  function add(added) {
    const fragment = document.createDocumentFragment();
    for (const line of added) {
      line.text = line.text.replace(Escapes, '');
      line.element = h('div', { class: line.error ? 'error' : undefined },
        h('time', { title: line.time }, time(new Date(line.time))),
        !id && h('span', { class: `who ${colour(line.resource)}` }, line.resource),
        h('span', { class: 'text' }, line.text));
      line.element.hidden = !matches(line);
      lines.push(line);
      fragment.append(line.element);
    }

    output.append(fragment);
    for (const old of lines.splice(0, Math.max(0, lines.length - Kept))) old.element.remove();
    if (options.text) count();
    toEnd();
  }

  function matches(line) {
    const wanted = options.text.toLowerCase();
    return !wanted || line.text.toLowerCase().includes(wanted) || line.resource.toLowerCase().includes(wanted);
  }

  function search() {
    for (const line of lines) line.element.hidden = !matches(line);
    count();
    toEnd();
  }

  function count() {
    found = lines.filter(line => !line.element.hidden).length;
    showBar();
  }

  function toEnd() {
    if (options.follow) output.scrollTop = output.scrollHeight;
  }

  // Who scrolls up wants to read; who comes back to the end wants to follow.
  function scrolled() {
    const atEnd = output.scrollHeight - output.scrollTop - output.clientHeight < 30;
    if (atEnd !== options.follow) {
      options.follow = atEnd;
      showBar();
    }
  }
}

