import type { ControlId, Parameters, Settings, Severity } from '../../model/control.ts';
import type { Field } from './field.ts';
import type { Repair } from './repair.ts';
import type { ManifestStandards } from './standards.ts';
import type { Kind, Models } from './subject.ts';

/** One place where a manifest departs from what must hold. */
export interface Fault {
  readonly said: Field;
  readonly expected: unknown;
  /** What is wrong, as a sentence part; it holds no value that can be a secret. */
  readonly what: string;
  /** The value may not be shown. */
  readonly isSecret?: true;
}
export type ManifestVerdict =
  | { readonly status: 'PASS' }
  | { readonly status: 'FAIL'; readonly faults: readonly [Fault, ...Fault[]] }
  | { readonly status: 'NOT_APPLICABLE'; readonly reason: string }
  | { readonly status: 'UNKNOWN'; readonly reason: string };

export const notApplicable = (reason: string): ManifestVerdict => ({
  status: 'NOT_APPLICABLE',
  reason,
});
export const unknown = (reason: string): ManifestVerdict => ({ status: 'UNKNOWN', reason });

/** Passes where nothing departs. */
export const departures = (faults: readonly Fault[]): ManifestVerdict => {
  const [first, ...others] = faults;
  return first ? { status: 'FAIL', faults: [first, ...others] } : { status: 'PASS' };
};
export const fault = (said: Field, expected: unknown, what: string): Fault => ({
  said,
  expected,
  what,
});

interface Definition<K extends Kind, P extends Parameters> {
  readonly id: ControlId;
  /** What must hold, in one sentence. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters, in one sentence. */
  readonly rationale: string;
  readonly standards: ManifestStandards;
  readonly parameters?: P;
  /** What it finds is secret: its lines are not shown, also where nobody asks for this control. @default false */
  readonly findsSecrets?: true;
  evaluate(model: Models[K], parameters: Settings<P>): ManifestVerdict;
  /** How a failure is put right in its file; without it a person does what the advice says. */
  repair?(model: Models[K], faults: readonly Fault[]): Repair;
  readonly remediation: {
    /** What a person does to make it pass, in at most 400 characters. */
    readonly advice: string;
    /** Where it is explained. */
    readonly url: string;
  };
}

/**
 * One thing that must hold in manifests. It is no Control of the account: nothing of AWS is derived from it, neither an
 * event pattern nor a permission, a finding or a rule.
 */
export interface ManifestControl extends Omit<Definition<Kind, Parameters>, 'evaluate' | 'repair'> {
  /** The kind of what it evaluates. */
  readonly on: Kind;
  /** `undefined` where the subject is not of its kind. */
  evaluate(
    models: Partial<Models>,
    parameters: Readonly<Record<string, unknown>>,
  ): ManifestVerdict | undefined;
  /** How its failure is put right in the file that shows it. */
  repairOf(models: Partial<Models>, faults: readonly Fault[]): Repair;
}

// biome-ignore lint/complexity/noBannedTypes: the parameters of a control that has none
type None = {};

/** Checks at compile time that a control evaluates what its kind is. */
export const defineManifestControl = <K extends Kind, const P extends Parameters = None>(
  on: K,
  control: Definition<K, P>,
): ManifestControl => ({
  ...control,
  on,
  evaluate(models, parameters) {
    const model: Models[K] | undefined = models[on];
    return model && control.evaluate(model, parameters as Settings<P>);
  },
  repairOf(models, faults) {
    const model: Models[K] | undefined = models[on];
    const { advice } = control.remediation;
    return (
      (model && control.repair?.(model, faults)) ?? { why: `it is a person's work: ${advice}` }
    );
  },
});
