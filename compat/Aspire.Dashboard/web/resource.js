import { h, link } from './dom.js';
import { toast } from './dialogs.js';
import { facts } from './facts.js';
import { time } from './format.js';
import { known, t } from './texts.js';

/** Everything about one resource. */
export function details(resource, all, commands) {
  const to = name => link(`/resources/${name}`, {}, name);
  return [
    h('div', { class: 'row between' }, h('h2', {}, resource.name), link('/resources', { class: 'button', 'aria-label': t('close') }, '×')),
    h('div', { class: 'row' }, commands),
    facts([
      ['type', resource.type],
      ['state', stateOf(resource)],
      ['started', resource.started && time(new Date(resource.started))],
      ['stopped', resource.stopped && time(new Date(resource.stopped))],
      ['exitCode', resource.exitCode],
      ['failure', resource.failure],
      ['restarts', resource.restarts],
      ['parent', resource.parent && to(resource.parent)],
    ]),
    section('instances', resource.instances, one => [one.name ?? '', h('code', {}, `pid ${one.pid}`)]),
    section('reports', resource.healthReports, report => [
      h('span', { class: `state ${report.status === 'Healthy' ? 'good' : report.status ? 'bad' : 'idle'}` },
        `${report.name}: ${report.status ? known(`health.${report.status}`, report.status) : t('unchecked')}`),
      report.error ?? report.description,
      report.lastRun && h('small', {}, time(new Date(report.lastRun))),
    ]),
    section('waits', resource.waits, wait => [to(wait.resource), h('span', { class: `state ${wait.met ? 'good' : 'warn'}` }, wait.met ? t('met') : wait.state)]),
    section('relations', resource.relations, relation => [to(relation.resource), h('small', {}, relation.type)]),
    section('referredBy', all.filter(one => one.relations.some(relation => relation.resource === resource.name)), one => [to(one.name)]),
    section('endpoints', resource.endpoints, endpoint => [endpoint.name, h('code', {}, endpoint.url)]),
    environment(resource.environment),
  ];
}

/** State and health in one word each, with a colour. */
export function stateOf(resource) {
  const failed = resource.state === 'FailedToStart' || (resource.exitCode ?? 0) !== 0;
  const kind = failed || resource.health === 'Unhealthy' ? 'bad'
    : resource.health === 'Degraded' ? 'warn'
      : resource.health === 'Healthy' || resource.state === 'Finished' ? 'good' : 'idle';
  return h('span', { class: `state ${kind}` }, known(`state.${resource.state}`, resource.state),
    resource.health && resource.healthReports.length > 0 && ` · ${known(`health.${resource.health}`, resource.health)}`,
    resource.exitCode !== null && resource.exitCode !== 0 && ` · ${t('exitCode')} ${resource.exitCode}`);
}

function section(title, items, line) {
  return items.length > 0 && h('section', { key: title }, h('h3', {}, t(title)), h('ul', { class: 'lines' }, items.map(item => h('li', {}, line(item).map(part => [part, ' '])))));
}

function environment(variables) {
  return variables.length > 0 && h('section', { key: 'environment' }, h('details', {}, h('summary', {}, `${t('environment')} (${variables.length})`),
    h('table', { class: 'pairs' }, h('tbody', {}, variables.map(variable => h('tr', { key: variable.name },
      h('th', { scope: 'row' }, variable.name),
      h('td', {}, variable.value === null ? h('em', {}, variable.secret ? t('secret') : '') : h('code', {}, variable.value)),
      h('td', {}, variable.value && !variable.secret && h('button', { class: 'plain', title: t('copy'), 'aria-label': `${t('copy')} ${variable.name}`, onclick: () => copy(variable.value) }, t('copy')))))))));
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(t('copied'));
}
