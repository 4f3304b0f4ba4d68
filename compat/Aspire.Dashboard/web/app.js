import { h, link, render } from './dom.js';
import { follow, get } from './api.js';
import { showAlerts } from './alerts.js';
import { toast } from './dialogs.js';
import { giveColours } from './format.js';
import { language, switchLanguage, t } from './texts.js';
import * as resources from './resources.js';
import * as consolePage from './console.js';
import * as logs from './logs.js';
import * as traces from './traces.js';
import * as trace from './trace.js';
import * as metrics from './metrics.js';
import * as flow from './flow.js';
import * as parked from './parked.js';
import * as projections from './projections.js';
import * as operations from './operationslog.js';

const pages = { resources, flow, parked, projections, operations, console: consolePage, logs, traces, metrics };
const themes = ['', 'light', 'dark'];
let leaving = new AbortController();
let shown;

/** Goes to an address of the dashboard. */
function go(href, replace = false) {
  history[replace ? 'replaceState' : 'pushState'](null, '', href);
  showPage();
}

async function showPage(again = false) {
  const [, name = '', id] = location.pathname.split('/');
  const page = name === 'traces' && id ? trace : pages[name || 'resources'];
  showHeader(name || 'resources');
  const place = `${name || 'resources'} ${page === trace ? id : ''}`;
  // Details open and close within the page that is there.
  if (!again && place === shown && page.move) return page.move(decodeURIComponent(id ?? ''));
  shown = place;
  leaving.abort();
  leaving = new AbortController();
  const root = document.getElementById('page');
  root.replaceChildren();
  root.dataset.loading = t('loading');
  root.className = `at-${name || 'resources'}`;
  document.title = `${t(`nav.${name || 'resources'}`)} · ExpoPlatform`;
  try {
    await page.show(root, { id: decodeURIComponent(id ?? ''), signal: leaving.signal, go });
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

giveColours(await get('/api/resources').catch(() => []) ?? []);
showPage();
startAlerts();
follow(connected => { document.getElementById('lost').hidden = connected; });
