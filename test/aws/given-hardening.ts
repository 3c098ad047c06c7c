import { randomUUID } from 'node:crypto';
import { auditHosts } from '../../lib/aws/hosts/audit-hosts.ts';
import { hostResults } from '../../lib/aws/hosts/host-results.ts';
import type { AuditStep, HostNews } from '../../lib/aws/hosts/hosts.ts';
import { remediate } from '../../lib/aws/remediate.ts';
import { type Action, actionId } from '../../lib/engine/action.ts';
import type { Baseline, Enabled } from '../../lib/engine/baseline.ts';
import { createHostWorld, type HostWorld } from './host-world.ts';
import {
  changeDocuments,
  changed,
  compliant,
  failing,
  hardening,
  rows,
} from './host-world-catalogue.ts';
import { memoryRemedies } from './memory-remedies.ts';
import { account, region } from './world.ts';

const plan: Enabled = { mode: 'plan', backlog: false, risk: 'safe', parameters: {} };
export const type = 'Host::EC2::Instance';
const refOf = (id: string) => ({ account, region, id });

/** What a host does with a document, in place of what an honest one does. */
type Lie = (document: string, honest: string) => string;

/** For each test one host whose PL.SSH.1 fails, that changes itself as the documents would have it. */
export const givenHardening = (controls: Baseline['controls'] = { 'PL.SSH.1': plan }) => {
  let world: HostWorld;
  let memory: ReturnType<typeof memoryRemedies>;
  let isWrong: boolean;
  let pending: string | undefined;
  let lie: Lie;
  let isDeaf: boolean;
  let later: { at: number; news?: HostNews; step?: AuditStep }[];

  const honest = (document: string, id: string, own: string): string => {
    if (document === hardening) {
      if (pending) return changed(document, { id: own, outcome: 'refused', reason: 'pending' });
      pending = own;
      isWrong = false;
      const results = [{ id: 'PL.SSH.1', o: 'changed', before: 'yes', after: 'no' }];
      return changed(document, { id: own, outcome: 'applied', reason: '', deadline: 300 }, results);
    }
    if (document === 'Plumbline-RollbackHost') {
      isWrong = true;
      return changed(document, { id, outcome: 'reverted', reason: 'document' });
    }
    const outcome = pending === id ? 'confirmed' : 'unknown';
    pending = undefined;
    return changed(document, { id, outcome, reason: '' });
  };
  const audit = () => auditHosts([{ audit: 'all' }], world.hosts);
  const doNow = async (): Promise<boolean> => {
    world.later(1000);
    const now = Date.now();
    const due = later.filter(({ at }) => at <= now);
    later = later.filter(({ at }) => at > now);
    const asks = world.asks.splice(0);
    const heard = await world.heard();
    const news = [...(isDeaf ? [] : heard), ...due.flatMap((one) => one.news ?? [])];
    await hostResults(news, world.hosts);
    await remediate(asks, world.hosts.engine);
    await auditHosts(
      due.flatMap((one) => one.step ?? []),
      world.hosts,
    );
    return due.length + asks.length + news.length > 0;
  };
  /** Until nothing is to be done at once. */
  const settle = async () => {
    for (let round = 0; round < 30; round += 1) if (!(await doNow())) return;
  };

  beforeEach(async () => {
    isWrong = true;
    pending = undefined;
    later = [];
    isDeaf = false;
    lie = (_, said) => said;
    world = await createHostWorld({
      controls,
      changes: (document, _, { commandId = '', environment = {} }) =>
        lie(document, honest(document, environment['SSM_Id'] ?? '', commandId)),
      remedies: (ssm) => {
        memory = memoryRemedies(ssm);
        const in_ = (seconds = 0) => Date.now() + seconds * 1000;
        return {
          ...memory.remedies,
          hardening: {
            documents: changeDocuments,
            get register() {
              return world.hosts.register;
            },
            ssm: async () => ssm(),
            audit: async (step, seconds) => void later.push({ at: in_(seconds), step }),
            tell: async (news, seconds) => void later.push({ at: in_(seconds), news }),
            areaOf: (control) => rows.find(({ id }) => id === control)?.area,
          },
        };
      },
    });
    world.add('i-1', (area) => (isWrong ? failing('PL.SSH.1', 'PL.NET.1') : compliant)(area));
    await audit();
    await settle();
  });
  afterEach(() => world.remove());

  const about = (control: string, attempt: string) =>
    ({
      version: 1,
      id: actionId({ type, ref: refOf('i-1'), controls: [control], episodes: [], attempt }),
      type,
      ref: refOf('i-1'),
      askedBy: { kind: 'person', who: 'alice' },
    }) as const;
  return {
    world: () => world,
    memory: () => memory,
    settle,
    audit: async () => {
      await audit();
      await settle();
    },
    lie: (how: Lie) => {
      lie = how;
    },
    /** What SSM tells is lost. */
    deafen: (value: boolean) => {
      isDeaf = value;
    },
    break: () => {
      isWrong = true;
    },
    /** Asks for a fix as a person does; its id. */
    ask: (control = 'PL.SSH.1') => {
      const asked = about(control, randomUUID());
      world.asks.push({ ...asked, ask: 'remediate', controls: [control] });
      return asked.id;
    },
    /** That a host answered, as host-results says it. */
    answer: (id: string, command = '') =>
      ({ ...about('PL.SSH.1', ''), id, ask: 'answer', command }) as const,
    /** An action as it was written before its first command. */
    begun: (id: string): Action => ({
      ...about('PL.SSH.1', ''),
      id,
      arn: 'i-1',
      controls: [],
      state: 'ACTING',
      driftedBy: [],
      startedAt: new Date().toISOString(),
      calls: [],
    }),
    askUndo: (undoes: string) => {
      const asked = about('PL.SSH.1', randomUUID());
      world.asks.push({ ...asked, ask: 'undo', undoes, mayWiden: true });
      return asked.id;
    },
    actionOf: (id: string) => memory.entries.get(id)?.action,
    sent: () => world.sent.filter(({ Comment }) => Comment !== 'Plumbline audit'),
    names: () =>
      world.sent.flatMap(({ Comment, DocumentName = '' }) =>
        Comment === 'Plumbline audit' ? [] : [DocumentName.replace('Plumbline-', '')],
      ),
  };
};
