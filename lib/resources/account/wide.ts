import {
  type AnyResourceType,
  defineResourceType,
  type Facets,
  type Live,
  type Ref,
} from '../../model/resource-type.ts';
import { sts } from '../../services/sts.ts';

type Announcements<F extends Facets> = Live<F>['announcements'];
interface WideDefinition<F extends Facets> {
  readonly type: `Plumbline::${string}`;
  readonly announcements: Announcements<F>;
  readonly unsettled?: NonNullable<Live<F>['unsettled']>;
  readonly unheard?: string;
  /** @default 30 */
  readonly settlesAfterSeconds?: number;
  readonly facets: F;
}

/** The account itself, to Security Hub: findings about any of its settings are about it. */
const root = (ref: Ref) => sts.arn('root-user', ref);
const shared = {
  securityHubType: 'AwsAccount',
  arn: root,
  about: {
    actions: [],
    read: async (_: unknown, ref: Ref) => ({ arn: root(ref), tags: {} }),
  },
} as const satisfies Partial<AnyResourceType>;
const live = { gone: [], settlesAfterSeconds: 30 } as const;

/** What one service keeps for the whole account; its id is the account's number. Evaluated in the home region. */
export const accountWide = <const F extends Facets>({ type, facets, ...told }: WideDefinition<F>) =>
  defineResourceType<F>({
    ...shared,
    type,
    scope: 'account',
    live: {
      ...live,
      ...told,
      list: { actions: [], page: async ({ account }) => ({ resources: [{ id: account }] }) },
    },
    facets,
  });

const inRegion = <const F extends Facets>(
  { type, facets, ...told }: WideDefinition<F>,
  scope: 'regional' | 'home',
) =>
  defineResourceType<F>({
    ...shared,
    type,
    scope,
    live: {
      ...live,
      ...told,
      list: {
        actions: [],
        isEverywhere: true,
        page: async ({ region }) => ({ resources: [{ id: region }] }),
      },
    },
    facets,
  });

/** What one service keeps for the account in one region; its id is the region. */
export const regionWide = <const F extends Facets>(settings: WideDefinition<F>) =>
  inRegion<F>(settings, 'regional');

/** What Plumbline keeps of itself, where it stands; its id is the home region. */
export const homeWide = <const F extends Facets>(settings: WideDefinition<F>) =>
  inRegion<F>(settings, 'home');
