import { allControls } from '../../lib/controls/index.ts';
import { declaredClusters } from '../../lib/templates/declared/rds.ts';

/** By how an id begins, the type in which CloudFormation declares a cluster of that engine. */
const types: Readonly<Record<string, string>> = {
  DocumentDB: 'AWS::DocDB::DBCluster',
  Neptune: 'AWS::Neptune::DBCluster',
  RDS: 'AWS::RDS::DBCluster',
};
const typeOf = (id: string): string | undefined => types[id.split('.').at(-2) ?? ''];

describe('a control of clusters', () => {
  it('is evaluated where CloudFormation declares its engine, and nowhere else', async () => {
    const ids = (await allControls())
      .filter(({ resources }) => resources.some(({ type }) => type === 'AWS::RDS::DBCluster'))
      .map(({ id }) => id);
    expect(ids.filter((id) => typeOf(id) === undefined)).toEqual([]);
    for (const { as, leftOut = {} } of declaredClusters)
      expect(Object.keys(leftOut).toSorted()).toEqual(
        ids.filter((id) => typeOf(id) !== as).toSorted(),
      );
  });
});
