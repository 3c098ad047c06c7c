import { createBudget } from '../../aws/budget.ts';
import type { Clients } from '../../aws/clients.ts';
import { createQueues } from '../../aws/queues.ts';
import { createReader } from '../../aws/reader.ts';
import type { Sealing } from '../../aws/stores/ledger.ts';
import { createPosture } from '../../aws/stores/posture.ts';
import { createRegions } from '../../aws/stores/regions.ts';
import { createRoster } from '../../aws/stores/roster.ts';
import { createSeal } from '../../aws/stores/seal.ts';
import { isGoverning } from '../../engine/baseline/organization.ts';
import { isAway } from '../../engine/changes/place.ts';
import { forgedWordNotice } from '../../engine/remediation/notification.ts';
import {
  hostsRoleName,
  publishRoleName,
  readRoleName,
} from '../../resources/account/own-prefix.ts';
import { once } from '../../support/once.ts';
import { noteOverdue } from '../evaluate/overdue.ts';
import { noteUnreadable } from '../evaluate/rows.ts';
import { evaluateSwitch } from '../remediate/evaluate-own.ts';
import {
  deployedClients,
  deployedClientsAt,
  deployedDocuments,
  deployedEntry,
  ownClientsAt,
} from './deployed-clients.ts';
import { endChain } from './end-chain.ts';
import {
  deadLettersOf,
  deployedBaseline,
  ownInboxes,
  ownRoles,
  required,
  rowForm,
} from './environment.ts';
import { type Governed, placeOf } from './governed.ts';
import type { Runtime } from './runtime.ts';

/** What not every function has is loaded where its environment names it. */
const isSet = (name: string): boolean => process.env[name] !== undefined;
const parts = {
  catalogue: () => import('./catalogue.ts'),
  deadLetters: () => import('../../aws/dead-letters.ts'),
  governing: () => import('./governing.ts'),
  remediation: () => import('./create-remediation.ts'),
};
/** Loads the parts that this function has: its first event then need not. */
export const loadParts = async (): Promise<void> => {
  await parts.catalogue();
  if (isSet('REMEDIATIONS_QUEUE_URL')) await parts.remediation();
  if (isSet('EXTERNAL_ID')) await parts.governing();
  if (isSet('DEAD_LETTERS')) await parts.deadLetters();
};

/** How the one function that acts seals what it writes; no other knows the key. */
const sealingIn = (account: string, region: string, clients: Clients): Sealing | undefined => {
  const { LEDGER_KEY_ARN: key } = process.env;
  if (key === undefined) return undefined;
  return { account, region, seal: createSeal(() => clients('kms'), key) };
};

/** The runtime as the deployed handlers use it, from their environment. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: it wires one object from the environment.
const create = async (account: string): Promise<Runtime> => {
  const region = required('AWS_REGION');
  const clients = deployedClients(region);
  const [baseline, sqs, dynamoDb, catalogue] = await Promise.all([
    deployedBaseline(),
    clients('sqs'),
    deployedDocuments(region),
    parts.catalogue(),
  ]);
  const { REMEDIATIONS_QUEUE_URL: remediations } = process.env;
  const { NOTICES_TOPIC_ARN: TopicArn } = process.env;
  const { AUDITS_QUEUE_URL: audits, HOST_RESULTS_QUEUE_URL: hostResults } = process.env;
  const table = required('POSTURE_TABLE');
  const settlesAfter = process.env['SETTLES_AFTER_SECONDS'];
  // AWS Config calls its rule's function by itself.
  const isPolled = isSet('INBOX_URLS');
  const home = { account, region };
  const { organization } = baseline;
  // Not every function enters others.
  const governing =
    organization && isSet('EXTERNAL_ID')
      ? (await parts.governing()).createGoverning({
          baseline,
          home,
          roster: createRoster(dynamoDb, table),
          clients,
          clock: () => new Date(),
        })
      : undefined;
  // Without an organization it never changes.
  let governed: Governed = { baseline, place: placeOf(baseline, account), members: [] };
  const { place } = governed;
  const entry = deployedEntry(home, () => governed.baseline.accounts ?? []);
  // Who deals with hosts alone enters other accounts by a role for that.
  const clientsAt = deployedClientsAt(home, entry, process.env['READS_AS'] ?? readRoleName);
  const hostsAt = deployedClientsAt(home, entry, hostsRoleName);
  const publisherAt = deployedClientsAt(home, entry, publishRoleName);
  const workflowAt = ownClientsAt(home, entry, publishRoleName);
  // With one account nobody else waits.
  const budget = isGoverning(baseline) ? createBudget() : undefined;
  const queues = createQueues(
    sqs,
    {
      changes: required('CHANGES_QUEUE_URL'),
      sweeps: required('SWEEPS_QUEUE_URL'),
      pages: required('PAGES_QUEUE_URL'),
      remediations,
      audits,
      hostResults,
    },
    {
      inboxes: isPolled ? ownInboxes() : undefined,
      home: place,
      // The form that no older release reads, as that of the rows.
      areSettlesJoined: rowForm() === 'deflated',
    },
  );
  return {
    place,
    baseline,
    types: catalogue.catalogueTypes,
    controlsOf: catalogue.controlsOn,
    reader: (where) =>
      createReader({
        ...where,
        clients: clientsAt(where),
        budget,
        clientsIn: (region) => clientsAt({ ...where, region }),
        ...(isAway(where, place)
          ? {}
          : { clientsAt, ...(governing && { members: governed.members }) }),
      }),
    ...(governing && {
      governing: {
        ...governing,
        async now() {
          governed = await governing.now();
          return governed;
        },
      },
    }),
    posture: createPosture(dynamoDb, table, rowForm()),
    regions: createRegions(dynamoDb, table),
    queues,
    ...(!isSet('DEAD_LETTERS')
      ? {}
      : {
          deadLetters: (await parts.deadLetters()).createDeadLetters(
            () => clients('sqs'),
            deadLettersOf(),
          ),
        }),
    ownRoles: isPolled ? ownRoles() : new Set(),
    ...(remediations === undefined
      ? {}
      : {
          remediation: (await parts.remediation()).createRemediation({
            account,
            clients,
            dynamoDb,
            table,
            ledgerTable: required('LEDGER_TABLE'),
            baseline,
            baselineNow: () => governed.baseline,
            confirm: governing?.confirm,
            remediatorArn: required('REMEDIATOR_ROLE_ARN'),
            externalId: process.env['EXTERNAL_ID'],
            imagesBucket: required('IMAGES_BUCKET'),
            topicArn: required('NOTICES_TOPIC_ARN'),
            sealing: sealingIn(account, region, clients),
            async onForged(what, forget) {
              const { subject: Subject, message: Message } = forgedWordNotice(what);
              const TopicArn = required('NOTICES_TOPIC_ARN');
              // What is told twice does no harm, what is never told does.
              await (await clients('sns')).publish({ TopicArn, Subject, Message });
              await forget();
              await evaluateSwitch({ place, queues });
            },
            switchParameter: () => required('SWITCH_PARAMETER'),
            breakersPath: () => required('BREAKERS_PATH'),
          }),
        }),
    ...(TopicArn === undefined
      ? {}
      : {
          notify: async (Subject: string, Message: string) =>
            void (await (await clients('sns')).publish({ TopicArn, Subject, Message })),
        }),
    ssm: (where) => hostsAt(where)('ssm'),
    hub: (where, use) => (use === 'imports' ? publisherAt : workflowAt)(where)('securityhub'),
    putEvaluations: async (input) => (await clients('config')).putEvaluations(input),
    endChain,
    noteOverdue,
    noteUnreadable,
    clock: () => new Date(),
    ...(settlesAfter === undefined ? {} : { settlesAfterSeconds: Number(settlesAfter) }),
  };
};

/** One runtime per process; the account is the function's own. */
export const runtimeFor = once((invokedFunctionArn: string) =>
  create(invokedFunctionArn.split(':')[4] ?? ''),
);
