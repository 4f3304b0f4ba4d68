import { h, link, render } from './dom.js';
import { get, keepFresh, run } from './api.js';
import { problemsOf } from './alerts.js';
import { confirm, toast } from './dialogs.js';
import { ago, time } from './format.js';
import { known, t } from './texts.js';
import { details, stateOf } from './resource.js';

const Harmless = ['start'];
const Common = ['start', 'stop', 'restart'];
let refresh = () => {};
let chosen = '';

/** The resources with their details beside them. */
export async function show(root, { id, signal, go }) {
  chosen = id;
  let [resources, problems, hidden] = [[], [], false];
  refresh = () => render(root,
    h('h1', {}, t('nav.resources')),
    h('div', { class: chosen ? 'split open' : 'split' },
      h('div', { class: 'grow' }, table(), h('label', { class: 'small' },
        h('input', { type: 'checkbox', checked: hidden, onchange: event => { hidden = event.target.checked; refresh(); } }), t('hidden'))),
      pane()));

  const pane = () => {
    const resource = resources.find(one => one.name === chosen);
    return resource && h('aside', { 'aria-label': t('details'), key: resource.name, onkeydown: event => event.key === 'Escape' && go('/resources') },
      details(resource, resources, commands(resource, true)));
  };
  const table = () => h('table', { class: 'cards' },
    h('thead', {}, h('tr', {}, ['name', 'state', 'problems', 'started', 'urls', 'replicas', 'restarts', 'actions'].map(key => h('th', { scope: 'col', class: key }, t(key))))),
    h('tbody', {}, inOrder(resources).filter(resource => hidden || !resource.hidden).map(row)));
  const row = resource => h('tr', { key: resource.name, class: resource.name === chosen ? 'chosen' : undefined, 'data-resource': resource.name },
    h('td', { 'data-label': t('name'), class: resource.parent ? 'name child' : 'name' }, link(`/resources/${resource.name}`, {}, resource.name), h('small', {}, resource.type)),
    cell('state', stateOf(resource)),
    cell('problems', badges(problems.find(one => one.source === resource.name))),
    cell('started', resource.started && h('time', { datetime: resource.started, title: time(new Date(resource.started)) }, ago(new Date(resource.started)))),
    cell('urls', resource.urls.map(url => h('div', {}, /^https?:/.test(url.url)
      ? h('a', { href: url.url, target: '_blank', rel: 'noreferrer noopener' }, url.url)
      : h('code', {}, url.url)))),
    cell('replicas', resource.type === 'Project' && resource.state !== 'Finished' && `${resource.instances.length}/${resource.replicas}`),
    cell('restarts', resource.restarts > 0 && String(resource.restarts)),
    h('td', { 'data-label': t('actions'), class: 'actions' }, resource.instances.length + resource.commands.length > 0 && h('div', { class: 'row' },
      link(`/console/${resource.name}`, { class: 'button' }, t('nav.console')), commands(resource))));

  keepFresh(['resources', 'telemetry'], async () => {
    [resources, problems] = await Promise.all([get('/api/resources', signal), problemsOf(signal)]);
    refresh();
  }, signal, 500);
  every(10_000, refresh, signal);
}

/** Another resource's details, or none. */
export function move(id) {
  chosen = id;
  refresh();
}

const cell = (key, ...children) => h('td', { 'data-label': t(key), class: key }, ...children);

// What is a part of something stands below it.
const inOrder = (all, parent = null) => all.filter(one => one.parent === parent).flatMap(one => [one, ...inOrder(all, one.name)]);

// "3 minutes ago" grows old.
function every(milliseconds, action, signal) {
  const timer = setInterval(() => action(), milliseconds);
  signal.addEventListener('abort', () => clearInterval(timer));
}

function badges(problems) {
  if (!problems) return undefined;
  const source = encodeURIComponent(problems.source);
  return [
    problems.errorLogs > 0 && link(`/logs?source=${source}&severity=17&range=15`,
      { class: 'badge bad', title: t('errorLogs', problems.errorLogs), 'aria-label': t('errorLogs', problems.errorLogs) }, `! ${problems.errorLogs}`),
    problems.failedSpans > 0 && link(`/traces?source=${source}&failed=true&range=15`,
      { class: 'badge bad', title: t('failedSpans', problems.failedSpans), 'aria-label': t('failedSpans', problems.failedSpans) }, `⇄ ${problems.failedSpans}`),
  ];
}

// What every resource has is at hand; what is special to some is in a menu.
function commands(resource, all = false) {
  const [near, far] = [[], []];
  for (const command of resource.commands) (all || command.highlighted || Common.includes(command.name) ? near : far).push(button(resource, command));
  return [near, far.length > 0 && h('details', { class: 'menu', key: 'more' }, h('summary', { class: 'button', 'aria-label': t('command.more') }, '⋯'), h('ul', {}, far.map(one => h('li', {}, one))))];
}

const button = (resource, command) => h('button', {
  class: command.highlighted ? 'primary' : undefined,
  disabled: !command.enabled,
  title: command.description,
  'data-command': command.name,
  onclick: () => execute(resource.name, command),
}, known(`command.${command.name}`, command.displayName));

async function execute(resource, command) {
  const name = known(`command.${command.name}`, command.displayName);
  if (!Harmless.includes(command.name) && !await confirm(known(`command.${command.name}.sure`, command.confirmation ?? t('command.sure', name, resource)), name)) return;
  toast(t('command.running', name, resource));
  await run(resource, command.name);
}
