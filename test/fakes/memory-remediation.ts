import type { SSM } from '@aws-sdk/client-ssm';
import type { Entry } from '../../lib/aws/stores/ledger.ts';
import type { Delivery } from '../../lib/engine/remediation/delivery.ts';
import type { SessionGrant } from '../../lib/engine/remediation/session-policy.ts';
import type { Sdk, Service } from '../../lib/model/control.ts';
import type { Where } from '../../lib/model/resource-type.ts';
import type { Remediation } from '../../lib/pipeline/runtime/runtime.ts';
import { account } from './fake-resource.ts';
import { operators } from './operator.ts';

/** A client of a place that may do what a session was granted, and nothing else. */
const narrowed = (ssm: SSM, grants: readonly SessionGrant[], { account, region }: Where): SSM =>
  ({
    sendCommand: async (request: Parameters<SSM['sendCommand']>[0]) => {
      const allowed = grants.flatMap(({ resources }) => resources);
      const wanted = [
        `arn:aws:ssm:${region}:${account}:document/${request.DocumentName}`,
        ...(request.InstanceIds ?? []).map(
          (id) => `arn:aws:ec2:${region}:${account}:instance/${id}`,
        ),
      ];
      const denied = wanted.find((arn) => !allowed.includes(arn));
      if (denied) throw Object.assign(new Error(denied), { name: 'AccessDeniedException' });
      return ssm.sendCommand(request);
    },
  }) as unknown as SSM;

/** Remediation in memory: a ledger that refuses late writers, locks that end, a switch that a test turns. */
export const memoryRemediation = (ssm: (where: Where) => SSM) => {
  const entries = new Map<string, Entry>();
  const locks = new Map<string, { holder: string; until: Date; delivery: Delivery }>();
  const holds = new Map<string, string>();
  const notices: string[] = [];
  const waiting = new Map<string, Set<string>>();
  let isOn = () => true;
  let dies = () => false;
  let mayReserve = (_: string, __: Date) => true;
  const remediation: Remediation = {
    remediatorArn: `arn:aws:iam::${account}:role/Remediator`,
    ledger: {
      get: async (id) => structuredClone(entries.get(id)),
      add: async (action) => {
        if (dies()) throw new Error('the process was killed');
        if (entries.has(action.id)) return undefined;
        const entry = { action: structuredClone(action), version: 1 };
        entries.set(action.id, entry);
        return structuredClone(entry);
      },
      put: async ({ version }, action) => {
        if (entries.get(action.id)?.version !== version) return undefined;
        const entry = { action: structuredClone(action), version: version + 1 };
        entries.set(action.id, entry);
        return structuredClone(entry);
      },
      isAuthentic: async () => true,
      list: async () => [...entries.values()].map(({ action }) => action),
    },
    locks: {
      take: async (key, { token, delivery = { message: token, receive: 0 } }, now, until) => {
        const held = locks.get(key);
        const { message = '', receive = 0 } = held?.delivery ?? {};
        const isOver = message === delivery.message && receive < delivery.receive;
        if (held && held.until >= now && !isOver) return false;
        locks.set(key, { holder: token, until, delivery });
        return true;
      },
      release: async (key, { token }) => {
        if (locks.get(key)?.holder === token) locks.delete(key);
      },
      hold: async (key, control, until) => void holds.set(`${key} ${control}`, until.toISOString()),
      heldUntil: async (key, control) => holds.get(`${key} ${control}`),
      noteFlapping: async () => {},
      flappingNotedUntil: async () => undefined,
    },
    breaker: {
      open: async () => undefined,
      reserve: async ({ action }, now) =>
        mayReserve(action, now)
          ? undefined
          : { limit: 20, until: new Date(now.getTime() + 3_600_000) },
      trip: async ({ control }, { limit }, now) => ({
        control,
        until: now.toISOString(),
        actions: limit,
      }),
      all: async () => [],
      close: async () => true,
    },
    operators,
    isOn: async () => isOn(),
    turnOn: async () => true,
    letGo: { latest: async () => undefined, keep: async () => {} },
    waiting: {
      note: async (what, key) => void waiting.set(what, (waiting.get(what) ?? new Set()).add(key)),
      all: async (what) => [...(waiting.get(what) ?? [])],
      forget: async (what, key) => void waiting.get(what)?.delete(key),
    },
    session:
      async (grants, _, where) =>
      async <S extends Service>() =>
        narrowed(ssm(where), grants, where) as unknown as Sdk[S],
    notify: async (subject) => void notices.push(subject),
  };
  return {
    remediation,
    entries,
    notices,
    /** Whether a delivery dies before it writes an action for the first time. */
    killedBy: (how: () => boolean) => {
      dies = how;
    },
    /** Whether the breaker has a slot left for an action. */
    limitedBy: (how: (action: string, now: Date) => boolean) => {
      mayReserve = how;
    },
    /** Asked before every command. */
    switchedBy: (how: () => boolean) => {
      isOn = how;
    },
  };
};
