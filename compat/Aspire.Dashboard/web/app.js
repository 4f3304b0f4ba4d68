import { h, link, render } from './dom.js';
import { follow, get } from './api.js';
import { showAlerts } from './alerts.js';
import { toast } from './dialogs.js';
import { giveColours } from './format.js';
import { language, switchLanguage, t } from './texts.js';

// Each page is loaded when it is first shown, with the libraries that it alone needs.
const pages = {
  resources: () => import('./resources.js'),
  flow: () => import('./flow.js'),
  parked: () => import('./parked.js'),
  projections: () => import('./projections.js'),
  operations: () => import('./operationslog.js'),
  console: () => import('./console.js'),
  logs: () => import('./logs.js'),
  traces: () => import('./traces.js'),
  metrics: () => import('./metrics.js'),
};
const trace = () => import('./trace.js');
const themes = ['', 'light', 'dark'];
let leaving = new AbortController();
let shown = {};

/** Goes to an address of the dashboard. */
function go(href, replace = false) {
  history[replace ? 'replaceState' : 'pushState'](null, '', href);
  showPage();
}

function address() {
  const [, name, id] = location.pathname.split('/').map(decodeURIComponent);
  const load = name === 'traces' && id ? trace : pages[name || 'resources'];
  return { name: name || 'resources', id: id ?? '', load, place: load === trace ? `${name} ${id}` : name || 'resources' };
}

async function showPage(again = false) {
  const { name, id, load, place } = address();
  showHeader(name);
  // Details open and close within the page that is there.
  if (!again && place === shown.place && shown.page?.move) return shown.page.move(id);
  leaving.abort();
  const { signal } = leaving = new AbortController();
  const current = shown = { place };
  const root = document.getElementById('page');
  root.replaceChildren();
  root.dataset.loading = t('loading');
  root.className = `at-${name}`;
  document.title = `${t(`nav.${name}`)} · ExpoPlatform`;
  try {
    current.page = await load();
    if (!signal.aborted) await current.page.show(root, { id: address().id, signal, go });
  } catch (failure) {
    if (failure.name !== 'AbortError') toast(failure.message, 'bad');
  }
}

function showHeader(current) {
  document.documentElement.lang = language() === 'zh' ? 'zh-CN' : 'en';
  const theme = localStorage.getItem('theme') ?? '';
  document.documentElement.dataset.theme = theme;
  render(document.getElementById('top'),
    h('a', { class: 'skip', href: '#page' }, t('skip')),
    link('/', { class: 'brand' }, 'ExpoPlatform'),
    h('nav', { 'aria-label': t('title') }, Object.keys(pages).map(name =>
      link(`/${name}`, { 'aria-current': name === current ? 'page' : undefined }, t(`nav.${name}`)))),
    h('span', { id: 'alerts', 'data-own': true }),
    h('span', { id: 'lost', class: 'badge bad', hidden: !document.getElementById('lost') || document.getElementById('lost').hidden }, t('lost')),
    h('button', { class: 'plain', onclick: switchTheme, title: t('theme') }, `◐ ${t(`theme.${theme}`)}`),
    h('button', { class: 'plain', lang: language() === 'zh' ? 'en' : 'zh-CN', onclick: changeLanguage }, t('language')));
}

function switchTheme() {
  localStorage.setItem('theme', themes[(themes.indexOf(localStorage.getItem('theme') ?? '') + 1) % themes.length]);
  showPage(true);
}

function changeLanguage() {
  switchLanguage();
  document.getElementById('top').replaceChildren();
  showPage(true);
  startAlerts();
}

let alerts = new AbortController();
function startAlerts() {
  alerts.abort();
  alerts = new AbortController();
  showAlerts(document.getElementById('alerts'), alerts.signal);
}

document.addEventListener('click', event => {
  const anchor = event.target.closest?.('a[href^="/"]');
  if (anchor && !anchor.hasAttribute('download') && !anchor.hasAttribute('target') && event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    go(anchor.getAttribute('href'));
  }

  for (const menu of document.querySelectorAll('details.menu[open]')) if (!menu.contains(event.target) || anchor) menu.removeAttribute('open');
});
document.addEventListener('keydown', event => {
  if (event.key === 'Escape') for (const menu of document.querySelectorAll('details.menu[open]')) menu.removeAttribute('open');
});
addEventListener('popstate', () => showPage());

const [resources] = await Promise.all([get('/api/resources').catch(() => null), address().load().catch(() => null)]);
giveColours(resources ?? []);
showPage();
startAlerts();
follow(connected => { document.getElementById('lost').hidden = connected; });
