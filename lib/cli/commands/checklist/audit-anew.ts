import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { attempted, messageOf } from '../../../aws/errors.ts';
import { createAuditRequests } from '../../../aws/stores/audit-requests.ts';
import { createHostInventory } from '../../../aws/stores/host-inventory.ts';
import { createPosture } from '../../../aws/stores/posture.ts';
import { keyOf } from '../../../engine/changes/change.ts';
import type { ResourceRow } from '../../../engine/posture/row.ts';
import { hostRows } from '../../../hosts/as-found.ts';
import type { Ref, Where } from '../../../model/resource-type.ts';
import { hostInstance, isHost } from '../../../pipeline/hosts/host-instance.ts';
import {
  type AskedAudit,
  asAudited,
  askedOf,
  hasAnswered,
  unknownHost,
} from '../../../reporting/audited-hosts.ts';
import { plural } from '../../../support/plural.ts';
import { UserError } from '../../../support/user-error.ts';
import { encode } from '../../../support/wire.ts';
import type { NamedInstallation } from '../../installed-named.ts';
import { checkScope, operatorOf } from '../../operator.ts';
import { progress } from '../../output/progress.ts';

/** What every host of an installation said of itself, since it was asked. */
export interface AuditedHosts {
  readonly rows: readonly ResourceRow[];
  /** Ids of hosts that have not answered in whole. */
  readonly silent: readonly string[];
  /** What is not known of the hosts themselves, in sentences. */
  readonly gaps: readonly string[];
}

const pollMilliseconds = 2000;
/** What queue and function may take. */
const takenSeconds = 120;
const secondsSince = (begun: number): number => (Date.now() - begun) / 1000;

/** Asks for an audit of all hosts, and answers when it began, by AWS's clock. */
const begunAt = async (installed: NamedInstallation, queue: string): Promise<string> => {
  const { clients, dynamoDb, table } = installed;
  const asks = createAuditRequests(dynamoDb, table);
  const sqs = await clients('sqs');
  const line = progress(process.stderr);
  const begun = Date.now();
  let id = '';
  while (secondsSince(begun) < takenSeconds) {
    if (id === '') {
      id = randomUUID();
      const MessageBody = encode({ version: 1, audit: 'asked', id });
      await sqs.sendMessage({ QueueUrl: queue, MessageBody });
    }
    const became = await asks.became(id);
    if (became && 'takenAt' in became) {
      line.clear();
      return became.takenAt;
    }
    // Somebody else's ask began less than a minute ago.
    if (became) id = '';
    line.show(
      `an audit was asked for: waiting for Plumbline (${secondsSince(begun).toFixed(0)} s)`,
    );
    await sleep(became ? 5 * pollMilliseconds : pollMilliseconds / 4);
  }
  line.clear();
  throw new UserError(
    `an audit was asked for and has not begun after ${takenSeconds} s: see the log of the function AuditHosts`,
  );
};

interface Nodes {
  /** Keys of hosts whose agent is there. */
  readonly online: ReadonlySet<string>;
  readonly all: readonly Ref[];
}
const keyedAs = (ref: Ref) => ({ type: hostInstance.type, ref });

/** The hosts that Systems Manager knows in one region of the account. */
const nodesIn = async (where: Where, { clientsIn }: NamedInstallation): Promise<Nodes> => {
  const ssm = await clientsIn(where.region)('ssm');
  const online = new Set<string>();
  const all: Ref[] = [];
  let NextToken: string | undefined;
  do {
    const page = await ssm.describeInstanceInformation({
      MaxResults: 50,
      ...(NextToken === undefined ? {} : { NextToken }),
    });
    for (const { InstanceId = '', PingStatus } of (page.InstanceInformationList ?? []).filter(
      isHost,
    )) {
      const ref = { ...where, id: InstanceId };
      all.push(ref);
      if (PingStatus === 'Online') online.add(keyOf(keyedAs(ref)));
    }
    NextToken = page.NextToken || undefined;
  } while (NextToken !== undefined);
  return { online, all };
};

/** The same of every governed region, and what is not known of which. */
const nodesOf = async (
  installed: NamedInstallation,
): Promise<Nodes & { readonly gaps: readonly string[] }> => {
  const { account, baseline } = installed;
  const asked = await Promise.all(
    baseline.regions.map(async (region) => ({
      region,
      ...(await attempted(() => nodesIn({ account, region }, installed))),
    })),
  );
  const found = asked.flatMap((one) => ('value' in one ? one.value : []));
  return {
    online: new Set(found.flatMap(({ online }) => [...online])),
    all: found.flatMap(({ all }) => all),
    gaps: asked.flatMap((one) =>
      'failure' in one
        ? `Systems Manager did not say which hosts there are in ${one.region} (${messageOf(one.failure)}): only those are known there that were asked before.`
        : [],
    ),
  };
};

/** Reads all hosts until each that can has answered, or the time is over. */
const answersTo = async (
  audit: AskedAudit,
  seconds: number,
  installed: NamedInstallation,
): Promise<AuditedHosts> => {
  const { dynamoDb, table, account, baseline } = installed;
  const home = { account, region: baseline.homeRegion };
  const inventory = createHostInventory(dynamoDb, table);
  const posture = createPosture(dynamoDb, table);
  const { online, all, gaps } = await nodesOf(installed);
  const line = progress(process.stderr);
  const begun = Date.now();
  for (;;) {
    const refs = new Map(all.map((ref) => [keyOf(keyedAs(ref)), ref]));
    for await (const { id, where = home } of inventory.hosts())
      if (where.account === account) refs.set(keyOf(keyedAs({ ...where, id })), { ...where, id });
    const found = await posture.read([...refs.keys()]);
    const rows = [...refs].map(([key, ref]) => found.get(key) ?? unknownHost(ref));
    const silent = rows.filter((row) => row.goneAt === undefined && !hasAnswered(row, audit));
    // Whose agent is not there does not answer, however long one waits.
    const awaited = silent.filter(({ ref }) => gaps.length > 0 || online.has(keyOf(keyedAs(ref))));
    if (awaited.length === 0 || secondsSince(begun) > seconds) {
      line.clear();
      return {
        rows: rows.map((row) => asAudited(row, audit)),
        silent: silent.map(({ ref }) => ref.id).sort(),
        gaps,
      };
    }
    line.show(
      `waiting for ${plural(awaited.length, 'host')} of ${rows.length} (${secondsSince(begun).toFixed(0)} s)`,
    );
    await sleep(pollMilliseconds);
  }
};

/**
 * Has an installation audit all its hosts, and waits for their answers.
 * @param seconds for which hosts are waited for at most
 */
export const auditAnew = async (
  installed: NamedInstallation,
  seconds: number,
): Promise<AuditedHosts> => {
  const { stack: name, account, baseline, audits } = installed;
  if (audits === undefined || !baseline.hosts)
    throw new UserError(
      `the stack ${name} audits no hosts: set hosts: true in the baseline and deploy it`,
    );
  const stack = { name, account, region: baseline.homeRegion };
  const operator = await operatorOf({ ...installed, stack }, 'have hosts audited');
  checkScope({ operator, baseline }, 'audit', account);
  // SSM says when a command was requested by the second.
  const taken = new Date(await begunAt(installed, audits));
  const since = new Date(Math.floor(taken.getTime() / 1000) * 1000).toISOString();
  return answersTo({ since, asked: askedOf(hostRows(), baseline) }, seconds, installed);
};
