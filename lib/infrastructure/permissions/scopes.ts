import { actionKinds } from '../../services/actions.generated.ts';
import { services } from '../../services/every.ts';
import { type AnyService, type ArnPlace, arnOf } from '../../services/service.ts';
import { type Scope, scopesOfAction, scopesOfKind } from './scope-exceptions.ts';

/** Where a stack stands; values may be CDK tokens. */
export interface GovernedPlace extends ArnPlace {
  readonly partition: string;
  /** The governed regions; no tokens. @default - that of the stack alone */
  readonly regions?: readonly string[];
  /** Other accounts that are governed; no tokens. @default [] */
  readonly members?: readonly string[];
  /** The organization whose accounts are governed, as they come and go: what is granted there is granted elsewhere. */
  readonly organization?: string | undefined;
}

/** The region in the ARN of what is evaluated; where several are governed, conditions say which. */
export const regionIn = ({ region, regions = [] }: GovernedPlace): string =>
  regions.length > 1 ? '*' : region;

const all: readonly AnyService[] = Object.values(services);

const scopesOf = (action: string): readonly Scope[] => {
  const [prefix = ''] = action.split(':');
  const usual = (actionKinds[action] ?? []).flatMap((kind) =>
    (scopesOfKind[`${prefix}:${kind}`] ?? [{}]).map((scope) => ({ ...scope, kind })),
  );
  return scopesOfAction[action] ?? usual;
};

/** A statement without a resource would not be taken, one with `*` would be far too much. */
const membersOf = (
  { members = [], organization }: GovernedPlace,
  action: string,
): readonly string[] => {
  if (members.length > 0 || organization !== undefined) return members;
  throw new Error(`${action} is granted in other accounts, of which the baseline names none`);
};

/**
 * The ARNs that an action is to be granted on, as narrow as IAM allows; `*` where the action is checked on no resource.
 * Throws where no service gives a kind its ARN.
 */
export const arnsFor = (action: string, place: GovernedPlace): readonly string[] => {
  const [prefix = ''] = action.split(':');
  const scopes = scopesOf(action);
  if (scopes.length === 0) return ['*'];
  return scopes.flatMap(({ kind, id = '*', account = place.account, ...elsewhere }) => {
    const known = all.find(({ iam, kinds }) => iam === prefix && Object.hasOwn(kinds, kind));
    const accounts = account === 'members' ? membersOf(place, action) : [account];
    return accounts.map((each) =>
      arnOf(known, kind, { ...place, ...elsewhere, account: each }, id),
    );
  });
};
