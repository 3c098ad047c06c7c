import { defineControl, fail, notApplicable, pass, type Snapshot } from '../../model/control.ts';
import { codebuildProject } from '../../resources/codebuild/codebuild-project.ts';
import { namesAccounts } from './shared/names-accounts.ts';

type Webhook = NonNullable<Snapshot<typeof codebuildProject, 'webhook'>['webhook']>;
type Filters = Webhook['groups'][number];

/** Where everybody can have an account, and a repository can be everybody's. */
const openServers: ReadonlySet<string> = new Set(['GITHUB', 'BITBUCKET', 'GITLAB']);

/**
 * What anybody brings about in a repository that everybody reads. To push, to tag and to merge takes the right to write. Of
 * a job of a workflow GitHub asks before it runs what somebody new sent.
 */
const anybodys: ReadonlySet<string> = new Set([
  'PULL_REQUEST_CREATED',
  'PULL_REQUEST_UPDATED',
  'PULL_REQUEST_REOPENED',
  'PULL_REQUEST_CLOSED',
]);

/** The events that start a build, of those that anybody brings about; a group that names none is for each of them. */
const anybodysIn = (filters: Filters): readonly string[] => {
  const named = filters.filter(({ type, isExcluding }) => type === 'EVENT' && !isExcluding);
  if (named.length === 0) return [...anybodys];
  return named
    .flatMap(({ pattern }) => pattern.split(','))
    .map((one) => one.trim().toUpperCase())
    .filter((one) => anybodys.has(one));
};

const actorsIn = (filters: Filters): readonly string[] =>
  filters.flatMap(({ type, pattern, isExcluding }) =>
    type === 'ACTOR_ACCOUNT_ID' && !isExcluding ? [pattern] : [],
  );
const isForKnownPeople = (filters: Filters): boolean =>
  anybodysIn(filters).length === 0 || actorsIn(filters).some(namesAccounts);

/** Roles that everybody has in a repository that everybody reads. */
const everybodysRoles: ReadonlySet<string> = new Set(['GITHUB_READ', 'BITBUCKET_READ']);

/** A pull request that comes from no fork is of somebody who may write. */
const waitsForApproval = ({ approval, approvers }: Webhook): boolean =>
  (approval === 'ALL_PULL_REQUESTS' || approval === 'FORK_PULL_REQUESTS') &&
  !approvers.some((role) => everybodysRoles.has(role));

export const projectBuildsForKnownPeople = defineControl(codebuildProject, {
  id: 'PL.CODEBUILD.2',
  title: 'CodeBuild webhooks should not build what anybody sends',
  severity: 'HIGH',
  rationale:
    'A pull request to a public repository runs code of its author, with the rights of the service role and the credentials to the repository.',
  standards: {},
  exposes: true,
  needs: ['webhook'],
  evaluate({ webhook }) {
    if (webhook === undefined) return notApplicable('no webhook starts its builds');
    if (!openServers.has(webhook.source ?? ''))
      return notApplicable('its repository is on no server where everybody can have an account');
    if (waitsForApproval(webhook)) return pass;
    const approval = {
      path: 'webhook.approval',
      actual:
        webhook.approvers.length > 0
          ? { approval: webhook.approval ?? null, approvers: webhook.approvers }
          : (webhook.approval ?? null),
      expected: 'pull requests wait for somebody who may write',
    };
    if (webhook.groups.length === 0)
      return fail('a pull request of anybody starts a build', [
        { path: 'webhook.groups', actual: [], expected: 'a filter of accounts' },
        approval,
      ]);
    const open = webhook.groups.flatMap((filters, at) =>
      isForKnownPeople(filters) ? [] : [{ filters, at }],
    );
    if (open.length === 0) return pass;
    return fail('a pull request of anybody starts a build', [
      ...open.map(({ filters, at }) => ({
        path: `webhook.groups[${at}]`,
        actual: { events: anybodysIn(filters), accounts: actorsIn(filters) },
        expected: 'accounts written out, from ^ to $',
      })),
      approval,
    ]);
  },
  remediation: {
    advice:
      'Let pull requests wait for the approval of somebody who may write (aws codebuild update-webhook --pull-request-build-policy requiresCommentApproval=ALL_PULL_REQUESTS), or filter by ACTOR_ACCOUNT_ID with a pattern that writes each account out and is anchored: ^(1234|5678)$. AWS does not say whether a repository is public: exempt a project of a private one, where only its members send anything.',
    url: 'https://docs.aws.amazon.com/codebuild/latest/userguide/pull-request-build-policy.html',
  },
});
