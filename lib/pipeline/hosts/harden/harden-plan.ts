import type { HostSystem } from '../../../engine/posture/row.ts';
import { type Call, type ControlId, call, type Plan, propose } from '../../../model/control.ts';
import type { Ref } from '../../../model/resource-type.ts';
import { ssm } from '../../../services/ssm.ts';

/** How a host control is put right. */
export interface Fix {
  readonly document: string;
  /** `breaking`: a workload may stop. */
  readonly risk: 'safe' | 'disruptive' | 'breaking';
}
/** What the documents need of a row of the catalogue. */
export interface Adjustable {
  readonly id: ControlId;
  readonly parameters: Readonly<Record<string, { readonly default: unknown }>>;
}

export const confirmDocument = 'Plumbline-ConfirmHost';
export const rollbackDocument = 'Plumbline-RollbackHost';
/** What stands in a plan for the id of a command that nobody has sent yet. */
export const idToCome = 'the id of the first command';
/** After which a host takes back what nobody has confirmed. */
const rollbackSeconds = 300;
/** SSM takes no shorter wait. What comes to a host later than this would find nobody who confirms it. */
const deliverySeconds = 30;

/** What differs from what the documents say by themselves: `PL.SSH.6.max=3`. */
export const differing = (
  { id, parameters }: Adjustable,
  values: Readonly<Record<string, unknown>> = {},
): readonly string[] =>
  Object.entries(parameters).flatMap(([name, { default: preset }]) => {
    const value = values[name] ?? preset;
    return value === preset ? [] : [`${id}.${name}=${value}`];
  });

const command = ({ id }: Ref, DocumentName: string, Parameters: Record<string, string[]>) =>
  call('ssm', 'sendCommand', {
    DocumentName,
    InstanceIds: [id],
    TimeoutSeconds: deliverySeconds,
    Parameters,
  });

/** The command that takes back what another one did. */
export const rollbackOf = (ref: Ref, hardening: string) =>
  command(ref, rollbackDocument, { Id: [hardening] });
/** The command that ends the waiting of another one. */
export const confirmationOf = (ref: Ref, hardening: string) =>
  command(ref, confirmDocument, { Id: [hardening] });

type Calls = Extract<Plan, { kind: 'calls' }>;

/** A plan once its first command was sent: what confirms it and what takes it back name that command. */
export const withCommand = (plan: Calls, ref: Ref, sent: string): Calls => ({
  ...plan,
  calls: plan.calls.map((one): Call => JSON.parse(JSON.stringify(one).replace(idToCome, sent))),
  undo: { calls: [rollbackOf(ref, sent)], widensAccess: true },
});

const isSystem = (value: unknown): value is HostSystem =>
  typeof value === 'object' && value !== null && 'name' in value && 'isTried' in value;

/** Puts one control right on one host; a proposal where it was not tried, or a workload may stop. */
export const hardenPlan = (
  { fix, ...row }: Adjustable & { readonly fix: Fix },
  system: unknown,
  {
    ref,
    parameters,
  }: { readonly ref: Ref; readonly parameters: Readonly<Record<string, unknown>> },
): Plan => {
  const { document, risk } = fix;
  if (!isSystem(system)) return propose('the host has not said what system it runs');
  if (!system.isTried) {
    return propose(
      `${document} was not tried on ${system.name}: try its dry run, and run it by hand`,
    );
  }
  if (risk === 'breaking') {
    return propose(`it may stop a workload: run ${document} by hand, with the control by name`);
  }
  const settings = differing(row, parameters);
  const hardening = command(ref, document, {
    Controls: [row.id],
    Parameters: [settings.length === 0 ? 'none' : settings.join(' ')],
    DryRun: ['no'],
    RollbackSeconds: [`${rollbackSeconds}`],
    Install: ['no'],
  });
  return {
    kind: 'calls',
    risk,
    summary: `has the host put ${row.id} right with ${document}, and confirms it within ${rollbackSeconds / 60} minutes, or the host takes it back`,
    calls: [hardening, confirmationOf(ref, idToCome)],
    // What was hardened was open before.
    undo: { calls: [rollbackOf(ref, idToCome)], widensAccess: true },
  };
};

/** What the commands of a plan and of its undo take: these documents, on this host. */
export const hardenGrants = ({ document }: Fix) => [
  {
    actions: ['ssm:SendCommand'] as const,
    on: ({ ref, arn }: { readonly ref: Ref; readonly arn: string }) => [
      ...[document, confirmDocument, rollbackDocument].map((name) =>
        ssm.arn('document', ref, name),
      ),
      arn,
    ],
  },
];
