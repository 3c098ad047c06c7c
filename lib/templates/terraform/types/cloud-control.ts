import { groupsBy } from '../../../support/groups.ts';
import { readTypes } from '../../declared/read-types.generated.ts';
import { Holed, unsure } from '../../resolution/hole.ts';
import { namePropertyOf } from '../../resolution/identities.ts';
import { isMap } from '../fields.ts';
import { Made, type Mapping, type Properties } from '../mapping.ts';
import { mayRefer } from '../naming.ts';
import { isExpression, referencesIn, type View } from '../view.ts';

/** Properties that CloudFormation writes otherwise than with one capital letter for each word. */
const spelled = [
  ...['DBClusterIdentifier', 'DBClusterInstanceClass', 'DBClusterParameterGroupName'],
  ...['DBClusterSnapshotIdentifier', 'DBInstanceClass', 'DBInstanceIdentifier'],
  ...['DBParameterGroupName', 'DBSnapshotIdentifier', 'SourceDBClusterIdentifier'],
  ...['SourceDBInstanceAutomatedBackupsArn', 'SourceDBInstanceIdentifier', 'MultiAZ'],
  ...['EnableIAMDatabaseAuthentication', 'KMSKeyId', 'KMSMasterKeyID', 'SSEAlgorithm'],
  ...['SSEEnabled', 'SSEType', 'SSESpecification', 'KMSKeyArn', 'TLSSecurityPolicy'],
  ...['EnforceHTTPS', 'VPCOptions', 'EBSOptions', 'EBSEnabled', 'VPCs', 'VPCZoneIdentifier'],
  ...['TargetGroupARNs', 'WebACLArn', 'WebACLId', 'SSLCertificateId', 'RoleARN', 'DNSName'],
  ...['OriginSSLProtocols', 'HTTPPort', 'HTTPSPort', 'URI', 'ID'],
];
const plain = (name: string): string => name.replaceAll('_', '').toLowerCase();
const spellings = groupsBy(spelled, plain);

const capital = (word: string): string => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
/** `kms_key_id` is `KmsKeyId`, and of some types `KMSKeyId`: each type has one of them, and nobody asks for the other. */
export const propertiesOf = (attribute: string): readonly string[] =>
  // Keys that somebody chose are no attributes.
  /^[a-z][a-z0-9_]*$/.test(attribute)
    ? [
        ...new Set([
          attribute.split('_').map(capital).join(''),
          ...(spellings.get(plain(attribute)) ?? []),
        ]),
      ]
    : [attribute];

const renamed = (tree: unknown): unknown => {
  if (Array.isArray(tree)) return tree.map(renamed);
  return isMap(tree) ? named(Object.entries(tree).map(([n, one]) => [n, renamed(one)])) : tree;
};
const named = (entries: readonly (readonly [string, unknown])[]): object =>
  Object.fromEntries(
    entries.flatMap(([name, value]) =>
      value === undefined ? [] : propertiesOf(name).map((property) => [property, value]),
    ),
  );

/** How many attributes in what is not known may refer to something. */
const openIn = (unknown: unknown, name = ''): number => {
  if (unknown === true) return mayRefer(name) ? 1 : 0;
  if (Array.isArray(unknown)) return unknown.reduce((sum, one) => sum + openIn(one, name), 0);
  return Object.entries(Object(unknown)).reduce((sum, [key, one]) => sum + openIn(one, key), 0);
};

/**
 * What stands at an attribute that is not known. The provider says that of whatever somebody leaves out; a nested attribute
 * has one expression for all that is in it, which does not say which part of it refers to something.
 */
const openAt = (view: View, whole: View): unknown => {
  const { expression, resource } = whole;
  if (view.path.length === whole.path.length || resource.expressions === undefined)
    return renamed(view.tree());
  if (!isExpression(expression) || referencesIn(expression).length === 0) return undefined;
  // An item of a list is called as the list is.
  const name = view.path.findLast((step) => typeof step === 'string');
  const isOnly = openIn(whole.unknown, String(whole.path.at(-1))) === 1 && mayRefer(String(name));
  if (isOnly) return renamed(view.tree());
  return unsure(view.name, `${view.name}, which can be known after it is applied`);
};

const valueAt = (view: View, whole: View): unknown => {
  if (view.unknown === true) return openAt(view, whole);
  const { after, unknown } = view;
  const isOpaque = view.sensitive === true || typeof after !== 'object' || after === null;
  if (isOpaque && typeof unknown !== 'object') return renamed(view.tree());
  if (Array.isArray(after) || Array.isArray(unknown)) {
    const items = view.items();
    return items instanceof Holed ? items : items.map((one) => valueAt(one, whole));
  }
  const names = new Set([...Object.keys(Object(after)), ...Object.keys(Object(unknown))]);
  return named([...names].map((name) => [name, valueAt(view.step(name), whole)]));
};

const properties = (view: View): readonly Properties[] => {
  const { after, unknown } = view.resource;
  const names = new Set([...Object.keys(after), ...Object.keys(unknown)]);
  const made = (attribute: string) =>
    new Made(({ view: at, from }) => {
      const whole = at.get(attribute);
      from(whole);
      return valueAt(whole, whole);
    }, attribute);
  return [
    Object.fromEntries(
      [...names]
        .filter((name) => name !== 'id')
        .flatMap((name) => propertiesOf(name).map((property) => [property, made(name)])),
    ),
  ];
};

const snake = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
const typesByName = new Map([...readTypes].map((type) => [plain(type.replaceAll('::', '')), type]));

const found = new Map<string, Mapping>();
/** How a type of the provider `awscc` is declared: its attributes are CloudFormation's properties, in small letters. */
export const cloudControlMapping = (type: string): Mapping | undefined => {
  const [provider, , ...words] = type.split('_');
  if (provider !== 'awscc') return undefined;
  const before = found.get(type);
  if (before) return before;
  const as = typesByName.get(plain(type.replace('awscc', 'aws')));
  if (as === undefined) return undefined;
  const own = namePropertyOf(as);
  const called = [words.join('_'), words.at(-1)];
  const ids = called.flatMap((one) => [`${one}_id`, `${one}_url`]);
  const names = ['id', ...(own === undefined ? [] : [snake(own)]), ...ids];
  const arns = ['arn', ...called.map((one) => `${one}_arn`)];
  const mapping: Mapping = { declares: [{ as, properties, hasOwnTags: true }], names, arns };
  found.set(type, mapping);
  return mapping;
};
