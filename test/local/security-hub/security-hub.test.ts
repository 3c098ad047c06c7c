import {
  type AwsSecurityFinding,
  type AwsSecurityFindingFilters,
  SecurityHub,
} from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Endpoint, startEndpoint } from '../../../lib/local/endpoint/endpoint.ts';
import { CustomActions } from '../../../lib/local/security-hub/custom-actions.ts';
import { securityHub } from '../../../lib/local/security-hub/security-hub.ts';
import {
  type Imported,
  SecurityHubStore,
} from '../../../lib/local/security-hub/security-hub-store.ts';

const account = '123456789012';
const region = 'us-east-1';
const productArn = `arn:aws:securityhub:${region}:${account}:product/${account}/default`;

let endpoint: Endpoint;
let hub: SecurityHub;
let store: SecurityHubStore;
let changes: Imported[] = [];
let refusals: string[] = [];

const newStore = () =>
  new SecurityHubStore({
    onChange: (change) => changes.push(change),
    onRefusal: (sentence) => refusals.push(sentence),
    now: () => new Date('2026-03-01T00:00:00.000Z'),
  });

beforeAll(async () => {
  endpoint = await startEndpoint({
    port: 0,
    // Nothing is to come through to moto.
    moto: { url: 'http://127.0.0.1:1' },
    before: [
      (call, forward) =>
        securityHub({
          account,
          store,
          actions: new CustomActions(region, account),
          callerArn: () => `arn:aws:iam::${account}:user/alice`,
        })(call, forward),
    ],
  });
  hub = new SecurityHub({
    region,
    endpoint: endpoint.url,
    credentials: { accessKeyId: 'alice', secretAccessKey: 'any' },
    maxAttempts: 1,
  });
});
afterAll(() => endpoint.close());
beforeEach(() => {
  changes = [];
  refusals = [];
  store = newStore();
  store.enable();
});

const time = (minute: number) => `2026-02-01T00:${String(minute).padStart(2, '0')}:00.000Z`;
const finding = (more: Partial<AwsSecurityFinding> = {}): AwsSecurityFinding => ({
  SchemaVersion: '2018-10-08',
  Id: 'one',
  ProductArn: productArn,
  GeneratorId: 'plumbline/S3.8',
  AwsAccountId: account,
  CreatedAt: time(0),
  UpdatedAt: time(0),
  Title: 'S3 general purpose buckets should block public access',
  Description: 'The bucket has no public access block.',
  Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::b' }],
  Compliance: { Status: 'FAILED' },
  FindingProviderFields: {
    Severity: { Label: 'HIGH', Original: 'HIGH' },
    Types: ['Software and Configuration Checks/AWS Security Best Practices'],
  },
  ...more,
});
const importing = (...Findings: AwsSecurityFinding[]) => hub.batchImportFindings({ Findings });
const only = async () => (await hub.getFindings({})).Findings?.[0];
const identifier = { Id: 'one', ProductArn: productArn };
const fault = async (more: Partial<AwsSecurityFinding>) =>
  (await importing(finding(more))).FailedFindings?.[0]?.ErrorMessage;

describe('being enabled', () => {
  it('refuses everything before', async () => {
    store.disable();
    const refused = { name: 'InvalidAccessException', message: expect.stringContaining(account) };
    await expect(hub.describeHub({})).rejects.toMatchObject(refused);
    await expect(importing(finding())).rejects.toMatchObject(refused);
    await expect(hub.getFindings({})).rejects.toMatchObject(refused);
    await expect(
      hub.batchUpdateFindings({ FindingIdentifiers: [identifier] }),
    ).rejects.toMatchObject(refused);
    await expect(hub.disableSecurityHub({})).rejects.toMatchObject(refused);
  });

  it('is done once, and undone with what it held', async () => {
    store = newStore();
    await hub.enableSecurityHub({});
    await expect(hub.enableSecurityHub({})).rejects.toMatchObject({
      name: 'ResourceConflictException',
    });
    await importing(finding());
    expect((await hub.describeHub({})).HubArn).toBe(
      `arn:aws:securityhub:${region}:${account}:hub/default`,
    );
    await hub.disableSecurityHub({});
    await hub.enableSecurityHub({});
    expect(await only()).toBeUndefined();
  });

  it('does not pretend to know what it does not do', async () => {
    await expect(hub.listMembers({})).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringContaining('ListMembers'),
    });
  });
});

describe('importing', () => {
  it('stores what was sent, and what Security Hub adds', async () => {
    const answer = await importing(finding());
    expect(answer).toMatchObject({ SuccessCount: 1, FailedCount: 0, FailedFindings: [] });
    expect(await only()).toMatchObject({
      Title: 'S3 general purpose buckets should block public access',
      Severity: { Label: 'HIGH', Normalized: 70, Original: 'HIGH' },
      Types: ['Software and Configuration Checks/AWS Security Best Practices'],
      Workflow: { Status: 'NEW' },
      RecordState: 'ACTIVE',
      ProcessedAt: '2026-03-01T00:00:00.000Z',
      ProductFields: { 'aws/securityhub/FindingId': `${productArn}/one` },
      ProductName: 'Default',
      Region: region,
    });
    expect(changes).toHaveLength(1);
  });

  it('ignores in silence what is not newer, and counts it', async () => {
    await importing(finding({ UpdatedAt: time(5) }));
    for (const minute of [5, 4]) {
      const answer = await importing(finding({ UpdatedAt: time(minute), Title: 'another' }));
      expect(answer).toMatchObject({ SuccessCount: 1, FailedCount: 0 });
    }
    expect((await only())?.Title).not.toBe('another');
    expect(store.counts).toMatchObject({ imported: 1, ignored: 2 });
    expect(changes).toHaveLength(1);
  });

  it('takes the newer one whole', async () => {
    await importing(finding({ Confidence: 10, SourceUrl: 'https://example.com/' }));
    await importing(finding({ UpdatedAt: time(1), Title: 'another' }));
    expect(await only()).toMatchObject({ Title: 'another' });
    expect((await only())?.SourceUrl).toBeUndefined();
  });

  it('keeps what only a customer may change, and complains', async () => {
    await importing(finding());
    await hub.batchUpdateFindings({
      FindingIdentifiers: [identifier],
      Note: { Text: 'mine', UpdatedBy: 'alice' },
      UserDefinedFields: { ticket: '7' },
      VerificationState: 'TRUE_POSITIVE',
      Workflow: { Status: 'NOTIFIED' },
    });
    await importing(finding({ UpdatedAt: time(1), Workflow: { Status: 'RESOLVED' } }));
    expect(await only()).toMatchObject({
      Note: { Text: 'mine' },
      UserDefinedFields: { ticket: '7' },
      VerificationState: 'TRUE_POSITIVE',
      Workflow: { Status: 'NOTIFIED' },
    });
    expect(refusals).toEqual(['finding one: an import cannot change Workflow']);
  });

  it('lets severity and types follow the provider until a customer sets them', async () => {
    const Types = ['TTPs/Discovery'];
    const medium = (Original: string) => ({
      Severity: { Label: 'MEDIUM' as const, Original },
      Types,
    });
    await importing(finding());
    await importing(finding({ UpdatedAt: time(1), FindingProviderFields: medium('a') }));
    expect(await only()).toMatchObject({ Severity: { Label: 'MEDIUM' }, Types });
    await hub.batchUpdateFindings({
      FindingIdentifiers: [identifier],
      Severity: { Label: 'LOW' },
    });
    await importing(finding({ UpdatedAt: time(2), FindingProviderFields: medium('b') }));
    expect(await only()).toMatchObject({
      Severity: { Label: 'LOW', Normalized: 1 },
      FindingProviderFields: { Severity: { Label: 'MEDIUM', Original: 'b' } },
    });
  });

  it('takes severity and types from the top where the provider fields lack', async () => {
    const old = { Severity: { Normalized: 70 }, Types: ['TTPs'] };
    const { FindingProviderFields: _, ...rest } = finding(old);
    await importing(rest);
    expect(await only()).toMatchObject({
      Severity: { Label: 'HIGH' },
      FindingProviderFields: { Severity: { Label: 'HIGH' }, Types: ['TTPs'] },
    });
  });
});

describe('the workflow when a finding changes', () => {
  const failed = { Compliance: { Status: 'FAILED' as const } };
  const passed = { Compliance: { Status: 'PASSED' as const } };
  const archived = { ...failed, RecordState: 'ARCHIVED' as const };
  it.each([
    ['RESOLVED', 'passed, then failed', passed, failed, 'NEW'],
    ['NOTIFIED', 'passed, then failed', passed, failed, 'NEW'],
    ['SUPPRESSED', 'passed, then failed', passed, failed, 'SUPPRESSED'],
    [
      'RESOLVED',
      'passed, then not available',
      passed,
      { Compliance: { Status: 'NOT_AVAILABLE' as const } },
      'NEW',
    ],
    ['NOTIFIED', 'failed, then failed', failed, failed, 'NOTIFIED'],
    ['NOTIFIED', 'failed, then passed', failed, passed, 'NOTIFIED'],
    ['RESOLVED', 'archived, then active', archived, failed, 'NEW'],
    ['SUPPRESSED', 'archived, then active', archived, failed, 'SUPPRESSED'],
  ] as const)('%s, %s', async (status, _title, before, after, expected) => {
    await importing(finding(before));
    await hub.batchUpdateFindings({
      FindingIdentifiers: [identifier],
      Workflow: { Status: status },
    });
    await importing(finding({ ...after, UpdatedAt: time(1) }));
    expect((await only())?.Workflow?.Status).toBe(expected);
  });
});

describe('limits', () => {
  const long = (length: number) => 'x'.repeat(length);
  const pairs = (count: number, value = 'v') =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, value]));
  const resources = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ Type: 'Other', Id: `r${index}` }));

  it.each([
    ['Id', { Id: long(512) }],
    ['GeneratorId', { GeneratorId: long(512) }],
    ['Title', { Title: long(256) }],
    ['Description', { Description: long(1024) }],
    ['Resources', { Resources: resources(32) }],
    ['Types', { Types: Array.from({ length: 50 }, (_, index) => `TTPs/${index}`) }],
    ['ProductFields', { ProductFields: pairs(50, long(2048)) }],
    ['Recommendation.Text', { Remediation: { Recommendation: { Text: long(512) } } }],
    ['a time with an offset', { UpdatedAt: '2024-01-04T15:25:10+17:59' }],
  ] as const)('%s may be that long', async (_title, more) => {
    expect(await fault(more as Partial<AwsSecurityFinding>)).toBeUndefined();
  });

  it.each([
    ['data.Id should NOT be longer than 512 characters', { Id: long(513) }],
    ['data.Id should NOT be shorter than 1 characters', { Id: '' }],
    ['data.GeneratorId should NOT be longer than 512 characters', { GeneratorId: long(513) }],
    ['data.Title should NOT be longer than 256 characters', { Title: long(257) }],
    ['data.Title should match pattern ".*\\S.*"', { Title: '  ' }],
    ['data.Description should NOT be longer than 1024 characters', { Description: long(1025) }],
    ['data.Resources should NOT have more than 32 items', { Resources: resources(33) }],
    ['data.Resources should NOT have fewer than 1 items', { Resources: [] }],
    [
      "data.Resources[0] should have required property 'Id'",
      { Resources: [{ Type: 'Other', Id: undefined }] },
    ],
    ['data.Types should NOT have more than 50 items', { Types: Array(51).fill('TTPs') }],
    ['data.Types[0] should match pattern', { Types: ['Checks/a'] }],
    ['data.Types[0] should match pattern', { Types: ['TTPs/a/b/c'] }],
    ['data.ProductFields should NOT have more than 50 properties', { ProductFields: pairs(51) }],
    [
      "data.ProductFields['k0'] should NOT be longer than 2048 characters",
      { ProductFields: pairs(1, long(2049)) },
    ],
    [
      'data.ProductFields key should NOT be longer than 128 characters',
      { ProductFields: { [long(129)]: 'v' } },
    ],
    [
      'data.Remediation.Recommendation.Text should NOT be longer than 512 characters',
      { Remediation: { Recommendation: { Text: long(513) } } },
    ],
    [
      'data.Compliance.RelatedRequirements should NOT have more than 32 items',
      { Compliance: { RelatedRequirements: Array(33).fill('r') } },
    ],
    [
      'data.RelatedFindings should NOT have more than 10 items',
      { RelatedFindings: Array(11).fill({ ProductArn: productArn, Id: 'x' }) },
    ],
    [
      'data.Note.Text should NOT be longer than 512 characters',
      { Note: { Text: long(513), UpdatedBy: 'a', UpdatedAt: time(0) } },
    ],
    ['data.UpdatedAt should match format "date-time"', { UpdatedAt: '2026-02-01 00:00' }],
    ['data.CreatedAt should match format "date-time"', { CreatedAt: '2026-02-01T00:00:00' }],
    [
      'data.Compliance.Status should be equal to one of the allowed values',
      { Compliance: { Status: 'BROKEN' as 'FAILED' } },
    ],
    [
      'data.SchemaVersion should be equal to one of the allowed values',
      { SchemaVersion: '2020-01-01' },
    ],
    ["data should have required property 'Title'", { Title: undefined }],
    ["data should have required property 'Description'", { Description: undefined }],
    [
      "data should have required property 'FindingProviderFields.Severity.Label'",
      { FindingProviderFields: { Types: ['TTPs'] } },
    ],
    [
      "data should have required property 'FindingProviderFields.Types'",
      { FindingProviderFields: { Severity: { Label: 'LOW' as const } } },
    ],
    ['data.Confidence should be from 0 to 100', { Confidence: 101 }],
    ['Finding size exceeded 240 KB', { ProductFields: pairs(50, '\u{1F600}'.repeat(2000)) }],
  ])('%s', async (message, more) => {
    const answer = await importing(finding(more));
    expect(answer).toMatchObject({ SuccessCount: 0, FailedCount: 1 });
    expect(answer.FailedFindings?.[0]).toMatchObject({
      ErrorCode: 'InvalidInput',
      ErrorMessage: expect.stringContaining(message),
    });
    expect(refusals).toHaveLength(1);
    expect(await only()).toBeUndefined();
  });

  it('imports the others of a call', async () => {
    const answer = await importing(finding(), finding({ Id: 'two', Title: long(257) }));
    expect(answer).toMatchObject({
      SuccessCount: 1,
      FailedCount: 1,
      FailedFindings: [{ Id: 'two' }],
    });
    expect((await only())?.Id).toBe('one');
  });

  it('refuses a call with no finding, or with more than 100', async () => {
    const many = Array.from({ length: 101 }, (_, index) => finding({ Id: `f${index}` }));
    for (const Findings of [[], many])
      await expect(hub.batchImportFindings({ Findings })).rejects.toMatchObject({
        name: 'InvalidInputException',
      });
    expect((await hub.batchImportFindings({ Findings: many.slice(1) })).SuccessCount).toBe(100);
  });

  it('refuses a call of more than 6 MB', async () => {
    const large = Array.from({ length: 70 }, (_, index) =>
      finding({ Id: `f${index}`, ProductFields: pairs(50, long(2000)) }),
    );
    await expect(hub.batchImportFindings({ Findings: large })).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: expect.stringContaining('6 MB'),
    });
  });
});

describe('whose finding it is', () => {
  const other = '999999999999';
  it.each([
    ['of another account', { AwsAccountId: other }],
    [
      'of a product of another account',
      { ProductArn: `arn:aws:securityhub:${region}:${other}:product/${other}/default` },
    ],
    [
      'of a product of another region',
      { ProductArn: `arn:aws:securityhub:eu-west-1:${account}:product/${account}/default` },
    ],
  ])('%s is denied, with the whole call', async (_title, more) => {
    await expect(importing(finding({ Id: 'fine' }), finding(more))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        /^User: arn:aws:iam::123456789012:user\/alice is not authorized to perform: securityhub:BatchImportFindings on resource: arn/,
      ),
    });
    expect(await only()).toBeUndefined();
  });
});

describe('updating', () => {
  it('does not move UpdatedAt, and tells what changed', async () => {
    await importing(finding());
    const answer = await hub.batchUpdateFindings({
      FindingIdentifiers: [identifier],
      Workflow: { Status: 'RESOLVED' },
      Note: { Text: 'done', UpdatedBy: 'plumbline' },
    });
    expect(answer).toMatchObject({ ProcessedFindings: [identifier], UnprocessedFindings: [] });
    expect(await only()).toMatchObject({
      UpdatedAt: time(0),
      Workflow: { Status: 'RESOLVED' },
      Note: { Text: 'done', UpdatedBy: 'plumbline', UpdatedAt: '2026-03-01T00:00:00.000Z' },
    });
    expect(changes.at(-1)?.before?.Workflow?.Status).toBe('NEW');
  });

  it('names what it could not update', async () => {
    await importing(finding());
    const absent = { ...identifier, Id: 'absent' };
    const answer = await hub.batchUpdateFindings({
      FindingIdentifiers: [identifier, absent, identifier],
      Workflow: { Status: 'NOTIFIED' },
    });
    expect(answer.ProcessedFindings).toEqual([identifier]);
    expect(answer.UnprocessedFindings).toMatchObject([
      { FindingIdentifier: absent, ErrorCode: 'FindingNotFound' },
      { FindingIdentifier: identifier, ErrorCode: 'DuplicatedFindingIdentifier' },
    ]);
  });

  it('refuses a value that the format does not allow', async () => {
    await importing(finding());
    await expect(
      hub.batchUpdateFindings({
        FindingIdentifiers: [identifier],
        Workflow: { Status: 'DONE' as 'NEW' },
      }),
    ).rejects.toMatchObject({ name: 'InvalidInputException' });
  });
});

describe('finding', () => {
  const found = async (Filters: AwsSecurityFindingFilters) =>
    ((await hub.getFindings({ Filters, MaxResults: 100 })).Findings ?? []).map(({ Id }) => Id);
  beforeEach(() =>
    importing(
      finding({
        Id: 'a',
        Title: 'Buckets block',
        UpdatedAt: time(1),
        Confidence: 90,
        ProductFields: { team: 'red' },
      }),
      finding({
        Id: 'b',
        Title: 'Buckets log',
        UpdatedAt: time(2),
        Compliance: { Status: 'PASSED' },
        Resources: [{ Type: 'AwsS3Bucket', Id: 'arn:b', Tags: { env: 'prod' } }],
      }),
      finding({
        Id: 'c',
        Title: 'Keys rotate',
        UpdatedAt: time(3),
        Resources: [
          { Type: 'AwsIamUser', Id: 'arn:u' },
          { Type: 'AwsIamRole', Id: 'arn:r' },
        ],
      }),
    ),
  );

  it.each([
    ['nothing asked', {}, ['a', 'b', 'c']],
    ['a field without filters', { Title: [] }, ['a', 'b', 'c']],
    ['EQUALS', { Id: [{ Comparison: 'EQUALS', Value: 'a' }] }, ['a']],
    [
      'EQUALS, either of two',
      {
        Id: [
          { Comparison: 'EQUALS', Value: 'a' },
          { Comparison: 'EQUALS', Value: 'c' },
        ],
      },
      ['a', 'c'],
    ],
    ['EQUALS is case sensitive', { Id: [{ Comparison: 'EQUALS', Value: 'A' }] }, []],
    ['PREFIX', { Title: [{ Comparison: 'PREFIX', Value: 'Buckets' }] }, ['a', 'b']],
    ['CONTAINS', { Title: [{ Comparison: 'CONTAINS', Value: 'lo' }] }, ['a', 'b']],
    ['NOT_CONTAINS', { Title: [{ Comparison: 'NOT_CONTAINS', Value: 'lo' }] }, ['c']],
    [
      'NOT_EQUALS, neither of two',
      {
        Id: [
          { Comparison: 'NOT_EQUALS', Value: 'a' },
          { Comparison: 'NOT_EQUALS', Value: 'b' },
        ],
      },
      ['c'],
    ],
    ['PREFIX_NOT_EQUALS', { Title: [{ Comparison: 'PREFIX_NOT_EQUALS', Value: 'B' }] }, ['c']],
    [
      'PREFIX and NOT_EQUALS on one field',
      {
        ResourceType: [
          { Comparison: 'PREFIX', Value: 'AwsIam' },
          { Comparison: 'PREFIX', Value: 'AwsS3' },
          { Comparison: 'NOT_EQUALS', Value: 'AwsIamRole' },
        ],
      },
      ['a', 'b'],
    ],
    [
      'two fields, both',
      {
        ResourceType: [{ Comparison: 'EQUALS', Value: 'AwsS3Bucket' }],
        ComplianceStatus: [{ Comparison: 'EQUALS', Value: 'FAILED' }],
      },
      ['a'],
    ],
    ['any resource of several', { ResourceId: [{ Comparison: 'EQUALS', Value: 'arn:r' }] }, ['c']],
    ['dates from', { UpdatedAt: [{ Start: time(2) }] }, ['b', 'c']],
    ['dates from and to', { UpdatedAt: [{ Start: time(2), End: time(2) }] }, ['b']],
    [
      'dates by days back',
      { UpdatedAt: [{ DateRange: { Unit: 'DAYS', Value: 30 } }] },
      ['a', 'b', 'c'],
    ],
    ['too few days back', { UpdatedAt: [{ DateRange: { Unit: 'DAYS', Value: 5 } }] }, []],
    ['a number', { Confidence: [{ Gte: 90 }] }, ['a']],
    [
      'a product field',
      { ProductFields: [{ Comparison: 'EQUALS', Key: 'team', Value: 'red' }] },
      ['a'],
    ],
    [
      'a tag that is not',
      { ResourceTags: [{ Comparison: 'NOT_EQUALS', Key: 'env', Value: 'prod' }] },
      ['a', 'c'],
    ],
    ['a word anywhere', { Keyword: [{ Value: 'ROTATE' }] }, ['c']],
  ] as [string, AwsSecurityFindingFilters, string[]][])('%s', async (_title, filters, ids) => {
    expect((await found(filters)).toSorted()).toEqual(ids);
  });

  it.each([
    ['EQUALS and NOT_EQUALS', 'Id', ['EQUALS', 'NOT_EQUALS']],
    ['CONTAINS and PREFIX', 'Title', ['CONTAINS', 'PREFIX']],
    ['21 values', 'Id', Array(21).fill('EQUALS')],
    ['CONTAINS_WORD', 'Title', ['CONTAINS_WORD']],
    ['what it does not filter on', 'MalwareName', ['EQUALS']],
  ])('refuses %s', async (_title, field, comparisons) => {
    const Filters = { [field]: comparisons.map((Comparison) => ({ Comparison, Value: 'x' })) };
    await expect(hub.getFindings({ Filters })).rejects.toMatchObject({
      name: 'InvalidInputException',
    });
  });

  it('comes in pages, in the order asked for', async () => {
    const SortCriteria = [{ Field: 'UpdatedAt', SortOrder: 'desc' as const }];
    const first = await hub.getFindings({ SortCriteria, MaxResults: 2 });
    const next = { SortCriteria, MaxResults: 2, NextToken: first.NextToken };
    const second = await hub.getFindings(next);
    const ids = [...(first.Findings ?? []), ...(second.Findings ?? [])].map(({ Id }) => Id);
    expect(ids).toEqual(['c', 'b', 'a']);
    expect(second.NextToken).toBeUndefined();
  });

  it('gives ten a page unless told', async () => {
    await importing(...Array.from({ length: 12 }, (_, index) => finding({ Id: `f${index}` })));
    expect((await hub.getFindings({})).Findings).toHaveLength(10);
  });

  it('refuses a token of another query, and more than 100 a page', async () => {
    const { NextToken } = await hub.getFindings({ MaxResults: 1 });
    const Filters = { Id: [{ Comparison: 'EQUALS' as const, Value: 'a' }] };
    for (const request of [{ NextToken, Filters }, { NextToken: 'x' }, { MaxResults: 101 }])
      await expect(hub.getFindings(request)).rejects.toMatchObject({
        name: 'InvalidInputException',
      });
  });
});
