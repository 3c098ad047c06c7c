import { withStatements } from '../../../lib/analysis/policies/policy-closing.ts';
import { parsePolicy } from '../../../lib/analysis/policies/policy-document.ts';
import { editPolicy } from '../../../lib/analysis/policies/policy-editing.ts';

const minimal = { Effect: 'Allow', Action: 's3:GetObject' };
const read = (policy: unknown) =>
  parsePolicy(typeof policy === 'string' ? policy : JSON.stringify(policy));
const first = (statement: object) => {
  const policy = read({ Statement: { ...minimal, ...statement } });
  if ('unreadable' in policy) throw new Error(policy.unreadable);
  return policy.statements[0];
};

describe('parsePolicy', () => {
  it('reads a list of statements, each with its place', () => {
    const policy = read({ Version: '2012-10-17', Statement: [minimal, { ...minimal, Sid: 'b' }] });
    expect(policy).toMatchObject({
      statements: [
        { path: 'Statement[0]', sid: undefined },
        { path: 'Statement[1]', sid: 'b' },
      ],
    });
  });

  it('reads a statement that is no list', () => {
    expect(first({ Resource: 'arn:aws:s3:::a/*' })).toEqual({
      path: 'Statement',
      sid: undefined,
      effect: 'Allow',
      principals: undefined,
      actions: { not: false, patterns: ['s3:GetObject'] },
      resources: { not: false, patterns: ['arn:aws:s3:::a/*'] },
      conditions: [],
    });
  });

  it('reads a document that IAM has URL-encoded', () => {
    const text = encodeURIComponent(JSON.stringify({ Statement: [minimal] }));
    expect(parsePolicy(text)).toEqual(read({ Statement: [minimal] }));
    expect(parsePolicy(text)).toHaveProperty('statements');
  });

  it('keeps a percent sign of plain text as it stands', () => {
    expect(first({ Resource: 'arn:aws:s3:::a/%41' })?.resources.patterns).toEqual([
      'arn:aws:s3:::a/%41',
    ]);
  });

  it('reads element names in any case', () => {
    expect(read({ statement: { effect: 'Deny', action: '*' } })).toMatchObject({
      statements: [{ effect: 'Deny' }],
    });
  });

  const statement = '"Effect":"Allow","Action":"s3:GetObject","Resource":"*"';
  it.each([
    ['a statement list', `{"Statement":[],"Statement":[{${statement}}]}`],
    ['an effect', `{"Statement":{"Effect":"Deny",${statement}}}`],
    ['an effect, once spelled by its code', `{"Statement":{"\\u0045ffect":"Deny",${statement}}}`],
    ['a principal of a kind', `{"Statement":{${statement},"Principal":{"AWS":"*","AWS":"1"}}}`],
    [
      'a key of a condition',
      `{"Statement":{${statement},"Condition":{"IpAddress":{"aws:SourceIp":"0.0.0.0/0","aws:SourceIp":"10.0.0.0/8"}}}}`,
    ],
    ['an operator', `{"Statement":{${statement},"Condition":{"Bool":{"a":"1"},"Bool":{}}}}`],
    ['a version', `{"Version":"2008-10-17","Version":"2012-10-17","Statement":{${statement}}}`],
    ['a key named like a prototype', `{"__proto__":{},"__proto__":{},"Statement":{${statement}}}`],
  ])('cannot tell which of two counts, and refuses %s that stands twice', (_, text) => {
    expect(parsePolicy(text)).toEqual({ unreadable: 'an object has a key twice' });
    expect(parsePolicy(encodeURIComponent(text))).toHaveProperty('unreadable');
    expect(() => editPolicy(text, (one) => one)).toThrow(SyntaxError);
    expect(() => withStatements(text, [])).toThrow(SyntaxError);
  });

  it.each([
    ['what is no JSON', 'a policy with a password', 'it is not valid JSON'],
    ['what ends too early', '{"Statement":[{"Effect"', 'it is not valid JSON'],
    ['nothing', '', 'it is not valid JSON'],
    ['what is encoded wrongly', '%7B%ZZ', 'its percent-encoding is broken'],
  ])('says of %s why, and repeats none of it', (_, text, unreadable) => {
    expect(parsePolicy(text)).toEqual({ unreadable });
  });

  it('takes colons and quotes in a text for what they are', () => {
    const sid = 'a "quoted": text, with a \\ and {"keys":1}';
    expect(read({ Statement: { ...minimal, Sid: sid } })).toHaveProperty('statements');
  });

  it('reads as deep as it goes', () => {
    expect(parsePolicy(`{"Statement":${'['.repeat(9000)}${']'.repeat(9000)}}`)).toHaveProperty(
      'unreadable',
    );
  });

  it('takes a trust policy, which names no resource, as about everything', () => {
    expect(first({})?.resources).toEqual({ not: false, patterns: ['*'] });
  });

  it.each([
    ['a text', '*', [{ kind: 'AWS', id: '*' }]],
    ['one of a kind', { AWS: '*' }, [{ kind: 'AWS', id: '*' }]],
    [
      'several of a kind',
      { AWS: ['*', '111122223333'] },
      [
        { kind: 'AWS', id: '*' },
        { kind: 'AWS', id: '111122223333' },
      ],
    ],
    ['an unquoted account', { AWS: 111122223333 }, [{ kind: 'AWS', id: '111122223333' }]],
    [
      'several kinds',
      { Service: 'a.amazonaws.com', Federated: 'x', CanonicalUser: 'c' },
      [
        { kind: 'Service', id: 'a.amazonaws.com' },
        { kind: 'Federated', id: 'x' },
        { kind: 'CanonicalUser', id: 'c' },
      ],
    ],
  ])('reads a principal that is %s', (_, Principal, list) => {
    expect(first({ Principal })?.principals).toEqual({ not: false, list });
  });

  it('tells NotPrincipal, NotAction and NotResource', () => {
    const statement = read({
      Statement: {
        Effect: 'Deny',
        NotPrincipal: { AWS: '111122223333' },
        NotAction: ['s3:GetObject'],
        NotResource: 'arn:aws:s3:::a',
      },
    });
    expect(statement).toMatchObject({
      statements: [
        {
          principals: { not: true, list: [{ kind: 'AWS', id: '111122223333' }] },
          actions: { not: true, patterns: ['s3:GetObject'] },
          resources: { not: true, patterns: ['arn:aws:s3:::a'] },
        },
      ],
    });
  });

  it('takes conditions apart', () => {
    const statement = first({
      Condition: {
        'ForAnyValue:StringLikeIfExists': { 'aws:PrincipalOrgPaths': ['o-a/*', 'o-b/*'] },
        bool: { 'AWS:SecureTransport': false },
        NumericLessThan: { 's3:TlsVersion': 1.2 },
        Null: { 'aws:SourceVpce': 'true', 'aws:SourceVpc': 'true' },
      },
    });
    expect(statement?.conditions).toEqual([
      {
        operator: 'stringlike',
        set: 'any',
        ifExists: true,
        key: 'aws:principalorgpaths',
        values: ['o-a/*', 'o-b/*'],
      },
      {
        operator: 'bool',
        set: undefined,
        ifExists: false,
        key: 'aws:securetransport',
        values: ['false'],
      },
      {
        operator: 'numericlessthan',
        set: undefined,
        ifExists: false,
        key: 's3:tlsversion',
        values: ['1.2'],
      },
      {
        operator: 'null',
        set: undefined,
        ifExists: false,
        key: 'aws:sourcevpce',
        values: ['true'],
      },
      { operator: 'null', set: undefined, ifExists: false, key: 'aws:sourcevpc', values: ['true'] },
    ]);
  });

  it.each([
    ['no JSON', '{"Statement":'],
    ['a broken escape', '%7B%'],
    ['a list', '[]'],
    ['nothing', 'null'],
    ['no statement', { Version: '2012-10-17' }],
    ['a statement that is a text', { Statement: ['Allow'] }],
    ['no effect', { Statement: { Action: '*' } }],
    ['an effect in lower case', { Statement: { Effect: 'allow', Action: '*' } }],
    ['no action', { Statement: { Effect: 'Allow', Resource: '*' } }],
    ['an action that is an object', { Statement: { Effect: 'Allow', Action: { a: 1 } } }],
    ['both Action and NotAction', { Statement: { ...minimal, NotAction: 's3:PutObject' } }],
    [
      'both Principal and NotPrincipal',
      { Statement: { ...minimal, Principal: '*', NotPrincipal: '*' } },
    ],
    ['an unknown kind of principal', { Statement: { ...minimal, Principal: { Robot: '*' } } }],
    ['an unknown element', { Statement: { ...minimal, Conditions: {} } }],
    ['an element twice', { Statement: { ...minimal, action: '*' } }],
    ['a condition that is a list', { Statement: { ...minimal, Condition: [] } }],
    [
      'a condition value that is an object',
      { Statement: { ...minimal, Condition: { Bool: { a: {} } } } },
    ],
  ])('refuses %s', (_, policy) => {
    expect(read(policy)).toEqual({ unreadable: expect.stringMatching(/\S/) });
  });
});
