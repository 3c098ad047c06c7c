import type { Facets, Make } from './made.ts';

type Statement = Readonly<Record<string, unknown>>;
/** Statements of which one grows, or of which there are as many as `size`. */
type Statements = (size: number, salt: number) => readonly Statement[];

const times = <T>(size: number, make: (i: number) => T): readonly T[] =>
  Array.from({ length: size }, (_, i) => make(i));
const bucket = 'arn:aws:s3:::customer-invoices';
const everybody = { Principal: '*' };
const address = (i: number, salt: number): string =>
  `${1 + (i % 223)}.${(i >> 8) % 256}.${i % 256}.${salt % 256}/32`;
const orgOf = (i: number, salt: number): string =>
  `o-${(i + 7919 * salt).toString(36).padStart(10, 'a')}`;

const ofActions = (Action: unknown, more: object = {}): Statement => ({
  Effect: 'Allow',
  ...everybody,
  Action,
  Resource: '*',
  ...more,
});
const denied = (Action: unknown, Resource: unknown, more: object = {}): Statement => ({
  Effect: 'Deny',
  ...everybody,
  Action,
  Resource,
  ...more,
});

/** Policies on which an analysis that compares each part with each other one takes longest. */
const policies: Readonly<Record<string, Statements>> = {
  'statements about nothing in particular': (size, salt) =>
    times(size, (i) => ofActions(`s3:Get${salt}x${i}`, { Resource: `${bucket}/${salt}/${i}/*` })),
  'each Allow taken back by a Deny of its own, in the other order': (size, salt) => [
    ...times(size / 2, (i) => ofActions('s3:*', { Resource: `${bucket}/${salt}/${i}/*` })),
    ...times(size / 2, (i) => denied('s3:*', `${bucket}/${salt}/${size / 2 - 1 - i}/*`)),
  ],
  'each Deny about all that is asked for but by other actions': (size, salt) => [
    ...times(size / 2, (i) =>
      ofActions(`s3:GetObject${salt}x${i}*`, { Resource: `${bucket}/${i}/*` }),
    ),
    ...times(size / 2, (i) => denied(`s3:PutObject${salt}x${i}*`, '*')),
  ],
  'each Deny sparing addresses of its own': (size, salt) => [
    ...times(size / 2, (i) => ofActions('s3:*', { Resource: `${bucket}/${salt}/${i}/*` })),
    ...times(size / 2, (i) =>
      denied('s3:*', '*', { Condition: { NotIpAddress: { 'aws:SourceIp': address(i, salt) } } }),
    ),
  ],
  'one Allow and one Deny of many resources': (size, salt) => [
    ofActions('s3:*', { Resource: times(size / 2, (i) => `${bucket}/${salt}/${i}/a/*`) }),
    denied(
      's3:*',
      times(size / 2, (i) => `${bucket}/${salt}/${i}/*`),
    ),
  ],
  'many actions': (size, salt) => [
    ofActions(times(size, (i) => `s3:Get${salt}x${i}*`)),
    denied(
      times(size, (i) => `s3:*${salt}x${i}`),
      '*',
    ),
  ],
  'all actions but many': (size, salt) => [
    {
      Effect: 'Allow',
      ...everybody,
      NotAction: times(size, (i) => `s3:Put${salt}x${i}`),
      Resource: '*',
    },
  ],
  'patterns that make up everything together, among many that do not': (size, salt) => [
    ofActions([...times(size, (i) => `s3:Get${salt}x${i}*`), '?:*', '??*:*', '*:?', '*:??*'], {
      Resource: [...times(size, (i) => `arn:aws:s3:::${salt}/${i}/*`), 'arn:?*', '*:*:*', 'a*'],
    }),
  ],
  'addresses, each in a statement of its own': (size, salt) =>
    times(size, (i) =>
      ofActions('s3:GetObject', { Condition: { IpAddress: { 'aws:SourceIp': address(i, salt) } } }),
    ),
  'many addresses for many principals': (size, salt) => [
    {
      ...ofActions('sts:AssumeRole'),
      Principal: { AWS: times(size / 2, (i) => `arn:aws:iam::*:role/${salt}-${i}`) },
      Condition: { IpAddress: { 'aws:SourceIp': times(size / 2, (i) => address(i, salt)) } },
    },
  ],
  'many principals': (size, salt) => [
    {
      ...ofActions(['s3:*', 'sts:AssumeRole']),
      Principal: {
        AWS: times(size, (i) => `arn:aws:iam::${210_987_654_321 + i}:role/${salt}-${i}`),
      },
    },
  ],
};

const trusting = (more: object): Statement => ({
  Effect: 'Allow',
  ...everybody,
  Action: 'sts:AssumeRole',
  ...more,
});
const issuer = (i: number, salt: number): string => `id${i}.s${salt}.example.com`;

/** The same of who may assume a role. */
const trusts: Readonly<Record<string, Statements>> = {
  'as many who are let in as Deny statements that spare some': (size, salt) => [
    ...times(size / 2, (i) =>
      trusting({ Principal: { AWS: `arn:aws:iam::333333333333:role/${salt}-${i}` } }),
    ),
    ...times(size / 2, (i) => ({
      ...trusting({}),
      Effect: 'Deny',
      Condition: { StringNotEquals: { 'aws:PrincipalOrgID': orgOf(i, salt) } },
    })),
  ],
  'as many providers of identities as conditions on their tokens': (size, salt) => [
    trusting({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: {
        Federated: times(
          size / 2,
          (i) => `arn:aws:iam::123456789012:oidc-provider/${issuer(i, salt)}`,
        ),
      },
      Condition: {
        StringLike: Object.fromEntries(
          times(size / 2, (i) => [`${issuer(i, salt)}:sub`, `own-${i}`]),
        ),
      },
    }),
  ],
  'a condition of many values': (size, salt) => [
    trusting({
      Condition: {
        StringEquals: { 'aws:PrincipalOrgID': times(size, (i) => orgOf(i, salt)) },
      },
    }),
  ],
  'as many who are known by one condition': (size, salt) => [
    trusting({
      Principal: { AWS: times(size / 2, (i) => `arn:aws:iam::333333333333:role/${salt}-${i}`) },
      Condition: {
        StringEquals: { 'aws:PrincipalAccount': times(size / 2, (i) => String(10 ** 11 + i)) },
      },
    }),
  ],
};

const textOf = (Statement: readonly Statement[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement });
const encoded = (statements: readonly Statement[]): string =>
  encodeURIComponent(textOf(statements));

type Place = readonly [where: string, put: (statements: readonly Statement[]) => Facets];
const ofBuckets: Place = ['policy', (all) => ({ policy: textOf(all) })];
const ofIdentities: readonly Place[] = [
  ['defaultVersion', (all) => ({ defaultVersion: encoded(all) })],
  [
    'inlinePolicies',
    (all) => ({
      inlinePolicies: all.map((one, i) => ({ name: `p${i}`, document: encoded([one]) })),
    }),
  ],
];
const ofRoles: Place = [
  'trustPolicy',
  (all) => ({ trustPolicy: encoded(all), privileges: [encoded(all)] }),
];

const shapesIn = (
  places: readonly Place[],
  all: Readonly<Record<string, Statements>>,
): Record<string, Make> =>
  Object.fromEntries(
    places.flatMap(([where, put]) =>
      Object.entries(all).map(([title, statements]): [string, Make] => [
        `${where}: ${title}`,
        (size, salt) => put(statements(size, salt)),
      ]),
    ),
  );

export const policyShapes: Readonly<Record<string, Make>> = {
  ...shapesIn([ofBuckets, ...ofIdentities], policies),
  ...shapesIn([ofRoles], { ...policies, ...trusts }),
};
