import { actionKinds } from '../../services/actions.generated.ts';
import { services } from '../../services/index.ts';
import { type AnyService, type ArnPlace, arnOf } from '../../services/service.ts';
import { type Scope, scopesOfAction, scopesOfKind } from './scope-exceptions.ts';

/** Where a stack stands; values may be CDK tokens. */
export interface Place extends ArnPlace {
  readonly partition: string;
  /** The governed regions; no tokens. @default - that of the stack alone */
  readonly regions?: readonly string[];
}

/** The region in the ARN of what is evaluated; where several are governed, conditions say which. */
export const regionIn = ({ region, regions = [] }: Place): string =>
  regions.length > 1 ? '*' : region;

const all: readonly AnyService[] = Object.values(services);

const scopesOf = (action: string): readonly Scope[] => {
  const [prefix = ''] = action.split(':');
  const usual = (actionKinds[action] ?? []).flatMap((kind) =>
    (scopesOfKind[`${prefix}:${kind}`] ?? [{}]).map((scope) => ({ ...scope, kind })),
  );
  return scopesOfAction[action] ?? usual;
};

/**
 * The ARNs that an action is to be granted on, as narrow as IAM allows; `*` where the action is checked on no resource.
 * Throws where no service gives a kind its ARN.
 */
export const arnsFor = (action: string, place: Place): readonly string[] => {
  const [prefix = ''] = action.split(':');
  const arns = scopesOf(action).map(({ kind, id = '*', ...elsewhere }) => {
    const known = all.find(({ iam, kinds }) => iam === prefix && Object.hasOwn(kinds, kind));
    return arnOf(known, kind, { ...place, ...elsewhere }, id);
  });
  return arns.length === 0 ? ['*'] : arns;
};
