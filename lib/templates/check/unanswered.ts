import { controlsOf } from '../../controls/index.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import type { Control } from '../../model/control.ts';
import { declaredTypes } from '../declared/index.ts';
import type { Declaration, Template } from '../template.ts';

interface Asked {
  readonly baseline: Pick<Baseline, 'controls'>;
  readonly wanted?: ((control: Control) => boolean) | undefined;
}

const answered = new Set(declaredTypes.map(({ as }) => as));
/** What is evaluated on the roles, users and groups that it is a policy of. */
const withTheirOwner: ReadonlySet<string> = new Set(['AWS::IAM::Policy']);

/** What controls that are asked for evaluate in an account, and a template does not answer for. */
export const unansweredIn = async (
  { byType }: Template,
  { baseline, wanted = () => true }: Asked,
): Promise<readonly Declaration[]> => {
  const all = Object.entries(controlsOf).map(async ([type, load]) => {
    const declared = answered.has(type) || withTheirOwner.has(type) ? [] : (byType.get(type) ?? []);
    const controls = declared.length > 0 ? await load() : [];
    const isAsked = controls.some(
      (control) => Object.hasOwn(baseline.controls, control.id) && wanted(control),
    );
    return isAsked ? declared : [];
  });
  return (await Promise.all(all)).flat();
};

export const unansweredText = ({ logicalId, type }: Declaration): string =>
  `${logicalId} is not evaluated: ${type} is evaluated in an account, and not yet in a template`;
