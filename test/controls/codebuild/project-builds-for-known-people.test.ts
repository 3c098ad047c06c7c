import { projectBuildsForKnownPeople } from '../../../lib/controls/codebuild/project-builds-for-known-people.ts';
import { namesAccounts } from '../../../lib/controls/codebuild/shared/names-accounts.ts';
import { testControl } from '../harness.ts';

const pullRequests = {
  type: 'EVENT',
  pattern: 'PUSH, PULL_REQUEST_CREATED',
  isExcluding: false,
} as const;
const actors = (pattern: string, isExcluding = false) =>
  ({ type: 'ACTOR_ACCOUNT_ID', pattern, isExcluding }) as const;
const on = (events: string) => ({ ...pullRequests, pattern: events });
const webhook = { source: 'GITHUB', groups: [], approval: undefined, approvers: [] } as const;
const withGroups = (...groups: readonly (readonly object[])[]) =>
  ({ webhook: { ...webhook, groups } }) as never;
const fails = (...evidence: string[]) =>
  ({ verdict: 'FAIL', evidence: [...evidence, 'webhook.approval'] }) as const;
const approved = (approval: string, approvers: readonly string[]) =>
  ({ webhook: { ...webhook, approval, approvers } }) as never;

testControl(projectBuildsForKnownPeople, {
  rows: {
    'no webhook': { given: { webhook: undefined }, verdict: 'NOT_APPLICABLE' },
    'a server of its owner': {
      given: { webhook: { ...webhook, source: 'GITHUB_ENTERPRISE' } },
      verdict: 'NOT_APPLICABLE',
    },
    'no filter, and no approval, as in webhooks of before 2025': {
      given: { webhook },
      ...fails('webhook.groups'),
    },
    'pull requests of anybody': {
      given: withGroups([pullRequests]),
      ...fails('webhook.groups[0]'),
    },
    'pull requests that somebody closes, which their author may': {
      given: withGroups([on('PULL_REQUEST_CLOSED')]),
      ...fails('webhook.groups[0]'),
    },
    'pull requests of anybody to one branch': {
      given: withGroups([
        pullRequests,
        { type: 'BASE_REF', pattern: '^refs/heads/main$', isExcluding: false },
      ]),
      ...fails('webhook.groups[0]'),
    },
    'a group that names no event': {
      given: withGroups([{ type: 'HEAD_REF', pattern: 'main', isExcluding: false }]),
      ...fails('webhook.groups[0]'),
    },
    'pushes, tags and merges, which take the right to write': {
      given: withGroups([on('PUSH')], [on('RELEASED,PRERELEASED')], [on('PULL_REQUEST_MERGED')]),
      verdict: 'PASS',
    },
    'pull requests of accounts that are written out': {
      given: withGroups([pullRequests, actors('^(12345|67890)$')]),
      verdict: 'PASS',
    },
    'a pattern that longer ids contain': {
      given: withGroups([pullRequests, actors('12345|67890')]),
      ...fails('webhook.groups[0]'),
    },
    'a pattern of which one alternative ends open': {
      given: withGroups([pullRequests, actors('^12345$|^67890')]),
      ...fails('webhook.groups[0]'),
    },
    'all but one account': {
      given: withGroups([pullRequests, actors('^12345$', true)]),
      ...fails('webhook.groups[0]'),
    },
    'a second group that asks nobody': {
      given: withGroups([pullRequests, actors('^12345$')], [on('PULL_REQUEST_UPDATED')]),
      ...fails('webhook.groups[1]'),
    },
    'all pull requests wait': {
      given: approved('ALL_PULL_REQUESTS', ['GITHUB_WRITE', 'GITHUB_ADMIN']),
      verdict: 'PASS',
    },
    'pull requests of forks wait': {
      given: approved('FORK_PULL_REQUESTS', ['GITLAB_MAINTAINER']),
      verdict: 'PASS',
    },
    'everybody who reads approves': {
      given: approved('ALL_PULL_REQUESTS', ['GITHUB_READ', 'GITHUB_ADMIN']),
      ...fails('webhook.groups'),
    },
    'the approval is off': { given: approved('DISABLED', []), ...fails('webhook.groups') },
  },
});

it.each([
  ['^12345$', true],
  ['^12345$|^678$', true],
  ['^(12345|678)$', true],
  ['(^12345$|^678$)', true],
  ['^(?:12345|678)$', true],
  ['^1234[56]$', true],
  ['^\\{a1b2-c3\\}$', true],
  ['12345', false],
  ['^12345', false],
  ['12345$', false],
  ['^12345|678$', false],
  ['^(12345|678$)', false],
  ['(^12345$)|(678)', false],
  ['(12345)|(678)', false],
  ['^.*$', false],
  ['^12345\\d?$', false],
  ['^\\d$', false],
  ['^[^1]$', false],
  ['^1{3}$', false],
  ['', false],
])('a pattern %s writes each account out: %s', (pattern, expected) => {
  expect(namesAccounts(pattern)).toBe(expected);
});
