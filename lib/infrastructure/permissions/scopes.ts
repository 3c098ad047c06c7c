import { actionKinds } from '../../services/actions.generated.ts';
import { services } from '../../services/index.ts';
import { type AnyService, type ArnPlace, arnOf } from '../../services/service.ts';
import { type Scope, scopesOfAction, scopesOfKind } from './scope-exceptions.ts';

/** Where a stack stands; values may be CDK tokens. */
export interface Place extends ArnPlace {
  readonly partition: string;
  /** The region of what is evaluated; `*` where it is of several. @default - that of the stack */
  readonly governs?: string | undefined;
}

/** The place of what is evaluated, which may be elsewhere than the stack. */
export const governedBy = ({ governs, ...place }: Place): Place => ({
  ...place,
  region: governs ?? place.region,
});

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
