import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** A resource of a template, as far as an update can replace it. */
export interface Summary {
  readonly type: string;
  /** It outlives the stack. */
  readonly isRetained?: true;
  /** Properties whose change replaces it, where it has any. */
  readonly replacing?: Readonly<Record<string, unknown>>;
  /** The indexes of a table, each as one text. */
  readonly indexes?: readonly string[];
}
export type Summaries = Readonly<Record<string, Summary>>;
export interface Template {
  readonly Resources: Readonly<
    Record<
      string,
      {
        readonly Type: string;
        readonly DeletionPolicy?: string;
        readonly Properties?: Readonly<Record<string, unknown>>;
      }
    >
  >;
}
interface Specified {
  readonly cloudFormationType: string;
  readonly properties: Readonly<Record<string, { readonly causesReplacement?: string }>>;
}

// AWS's own schemas of its resource types, as the CDK's command line brings them along for `cdk diff`.
const database = fileURLToPath(new URL('../node_modules/aws-cdk/db.json.gz', import.meta.url));
const specified = (): readonly Specified[] => {
  const { schema } = JSON.parse(gunzipSync(readFileSync(database)).toString());
  return Object.values(schema.resource.entities);
};

// What the schemas leave out: a key is not replaced, the update fails.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-kms-key.html
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-table.html
const unsaid: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['LocalSecondaryIndexes'],
  'AWS::KMS::Key': ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin'],
  // Replaced, not given a new version, where this says so.
  'AWS::SSM::Document': ['UpdateMethod'],
};

let known: ReadonlyMap<string, readonly string[]> | undefined;
/** The properties of a type that have "Update requires: Replacement" in CloudFormation's documentation. */
export const replacingProperties = (type: string): readonly string[] => {
  known ??= new Map(
    specified().map(({ cloudFormationType, properties }) => [
      cloudFormationType,
      Object.keys(properties).filter((name) => properties[name]?.causesReplacement === 'yes'),
    ]),
  );
  const found = known.get(type);
  if (!found) throw new Error(`the CDK's database does not know ${type}`);
  return [...found, ...(unsaid[type] ?? [])].sort();
};

const indexesOf = (properties: Readonly<Record<string, unknown>>): readonly string[] => {
  const { GlobalSecondaryIndexes: indexes = [] } = properties;
  return (Array.isArray(indexes) ? indexes : []).map((index) => JSON.stringify(index)).sort();
};

/** The resources of a template by logical id. */
export const summaryOf = ({ Resources }: Template): Summaries =>
  Object.fromEntries(
    Object.entries(Resources)
      .filter(([, { Type }]) => Type !== 'AWS::CDK::Metadata')
      .map(([id, { Type: type, DeletionPolicy, Properties = {} }]) => {
        const replacing = replacingProperties(type).flatMap((name) =>
          Properties[name] === undefined ? [] : [[name, Properties[name]] as const],
        );
        return [
          id,
          {
            type,
            ...(DeletionPolicy === 'Retain' ? { isRetained: true as const } : {}),
            ...(replacing.length > 0 ? { replacing: Object.fromEntries(replacing) } : {}),
            ...(type === 'AWS::DynamoDB::Table' ? { indexes: indexesOf(Properties) } : {}),
          },
        ];
      }),
  );
