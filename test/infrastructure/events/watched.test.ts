import { readable, watched } from '../../../lib/infrastructure/events/watched.ts';
import { enabling, planning, small } from '../small-catalogue.ts';

const told = (baseline: ReturnType<typeof enabling>, region?: string) =>
  watched(small, baseline, region).map(({ type, facets, isEvaluated }) => [
    type.type,
    [...facets].sort().join(' '),
    isEvaluated,
  ]);

describe('what is watched', () => {
  it('is what enabled controls need, and the state that tells whether AWS is still at work', () => {
    expect(told(enabling('X.1'))).toEqual([['AWS::EC2::SecurityGroup', 'rules state', true]]);
  });

  it('takes in the lender of a facet that is borrowed, without evaluating it', () => {
    expect(told(enabling('X.2'))).toEqual([
      ['AWS::EC2::SecurityGroup', 'lists rules state', true],
      ['AWS::EC2::PrefixList', 'entries', false],
    ]);
  });

  it('is nothing where no control is enabled', () => {
    expect(told(enabling())).toEqual([]);
  });

  it('leaves global scope to the home region', () => {
    expect(told(enabling('X.1', 'X.3'), 'us-east-1')).toHaveLength(2);
    expect(told(enabling('X.1', 'X.3'), 'eu-west-1')).toEqual([
      ['AWS::EC2::SecurityGroup', 'rules state', true],
    ]);
  });

  it('refuses a facet that is borrowed from a type that does not exist', () => {
    const types = small.types.filter(({ type }) => type !== 'AWS::EC2::PrefixList');
    expect(() => watched({ ...small, types }, enabling('X.2'))).toThrow(
      'a facet is borrowed from AWS::EC2::PrefixList, which is no resource type',
    );
  });

  it('is not what plans need', () => {
    expect(told(planning('X.4'))).toEqual(told(enabling('X.1')));
  });
});

describe('what is read', () => {
  const read = (baseline: ReturnType<typeof enabling>) =>
    readable(small, baseline).map(({ type, facets }) => [type.type, [...facets].sort().join(' ')]);

  it('is what is watched, and what the plans of controls that are planned need and borrow', () => {
    expect(read(planning('X.4'))).toEqual([
      ['AWS::EC2::SecurityGroup', 'lists rules state uses'],
      ['AWS::EC2::PrefixList', 'entries'],
    ]);
  });

  it('is what is watched where controls are observed, or cannot be planned', () => {
    expect(read(enabling('X.4'))).toEqual([['AWS::EC2::SecurityGroup', 'rules state']]);
    expect(read(planning('X.1'))).toEqual([['AWS::EC2::SecurityGroup', 'rules state']]);
  });
});
