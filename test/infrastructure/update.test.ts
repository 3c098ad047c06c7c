import { readFileSync } from 'node:fs';
import {
  replacingProperties,
  type Summaries,
  type Summary,
  summaryOf,
  type Template,
} from '../../scripts/template-summary.ts';
import { synthesised } from './synthesised.ts';
import { updateFaults } from './update-faults.ts';

interface Landed {
  readonly commit: string;
  readonly templates: Readonly<
    Record<
      string,
      {
        readonly baseline: string;
        readonly resources: Readonly<Record<string, string | Summary>>;
      }
    >
  >;
}
const { commit, templates }: Landed = JSON.parse(
  readFileSync(new URL('./landed-template.json', import.meta.url), 'utf8'),
);
const whole = (resources: Landed['templates'][string]['resources']): Summaries =>
  Object.fromEntries(
    Object.entries(resources).map(([id, one]) => [
      id,
      typeof one === 'string' ? { type: one } : one,
    ]),
  );

/** What an update is meant to lose or to replace, each with the reason that the release notes give. */
const notes: Readonly<Record<string, string>> = {};

describe(`the stack of ${commit.slice(0, 7)}`, () => {
  it.each(Object.entries(templates))('with %s is updated, and loses nothing', async (_, landed) => {
    const { template } = await synthesised(landed.baseline);
    const before = whole(landed.resources);
    expect(Object.keys(before).length).toBeGreaterThan(50);
    const faults = updateFaults(before, summaryOf(template.toJSON() as Template));
    expect(faults.filter((fault) => notes[fault] === undefined)).toEqual([]);
  });

  it('has its table, queues, bucket, documents and switch among what is compared', () => {
    const types = Object.values(whole(templates['everything']?.resources ?? {})).map(
      ({ type }) => type,
    );
    for (const type of [
      'DynamoDB::Table',
      'SQS::Queue',
      'S3::Bucket',
      'SSM::Document',
      'SSM::Parameter',
    ])
      expect(types).toContain(`AWS::${type}`);
  });
});

describe('an update', () => {
  const key = [{ AttributeName: 'pk', KeyType: 'HASH' }];
  const table: Summary = {
    type: 'AWS::DynamoDB::Table',
    isRetained: true,
    replacing: { KeySchema: key },
    indexes: ['due', 'actions'],
  };
  const document = (Name: string): Summary => ({
    type: 'AWS::SSM::Document',
    replacing: { DocumentType: 'Command', Name },
  });
  const queue: Summary = { type: 'AWS::SQS::Queue' };
  const faultsOf = (before: Summary, after?: Summary) =>
    updateFaults({ Old: before }, after ? { Old: after } : {});

  it('may make one index, or drop one, and leave the rest', () => {
    expect(faultsOf(table, table)).toEqual([]);
    expect(faultsOf(table, { ...table, indexes: ['actions', 'due', 'subjects'] })).toEqual([]);
    expect(faultsOf(table, { ...table, indexes: ['due'] })).toEqual([]);
  });

  it.each([
    ['another key', { ...table, replacing: { KeySchema: [] } }, 'is replaced: KeySchema changed'],
    [
      'a name',
      { ...table, replacing: { KeySchema: key, TableName: 'x' } },
      'is replaced: TableName changed',
    ],
    ['no retention', { ...table, isRetained: undefined }, 'is not kept any more'],
  ])('that gives a table %s is told', (_, { isRetained, ...after }, fault) => {
    expect(faultsOf(table, { ...after, ...(isRetained && { isRetained }) })).toEqual([
      `Old (AWS::DynamoDB::Table) ${fault}`,
    ]);
  });

  it.each([
    ['makes two indexes', ['due', 'actions', 'subjects', 'owners']],
    ['changes an index', ['due', 'actions, with another key']],
  ])('that %s is told', (_, indexes) => {
    expect(faultsOf(table, { ...table, indexes })).toEqual([
      'Old makes or drops 2 indexes; DynamoDB takes 1 in an update',
    ]);
  });

  it('that drops a queue, or makes a FIFO queue of it, is told', () => {
    expect(faultsOf(queue)).toEqual(['Old (AWS::SQS::Queue) is gone']);
    expect(faultsOf(queue, { ...queue, replacing: { FifoQueue: true } })).toEqual([
      'Old (AWS::SQS::Queue) is replaced: FifoQueue changed',
    ]);
  });

  it('that makes something else of a logical id is told', () => {
    expect(faultsOf(queue, { type: 'AWS::SNS::Topic' })).toEqual([
      'Old was AWS::SQS::Queue and is AWS::SNS::Topic',
    ]);
  });

  it('that makes what has a name under another logical id is told: the name is taken', () => {
    const faults = updateFaults(
      { Old: document('a') },
      { New: document('a'), Other: document('b') },
    );
    expect(faults).toEqual(['Old (AWS::SSM::Document) is gone', 'New has the name of Old']);
  });

  it('may drop what holds nothing', () => {
    expect(faultsOf({ type: 'AWS::IAM::Policy' })).toEqual([]);
  });
});

describe('the properties that replace', () => {
  it.each([
    [
      'AWS::DynamoDB::Table',
      ['ImportSourceSpecification', 'KeySchema', 'LocalSecondaryIndexes', 'TableName'],
    ],
    ['AWS::KMS::Key', ['KeySpec', 'KeyUsage', 'MultiRegion', 'Origin']],
    ['AWS::SQS::Queue', ['FifoQueue', 'QueueName']],
    ['AWS::SSM::Document', ['DocumentType', 'Name', 'UpdateMethod']],
    ['AWS::SSM::Parameter', ['Name']],
  ])('of %s are AWS’s own', (type, properties) => {
    expect(replacingProperties(type)).toEqual(properties);
  });
});
