import { defineControl, fail, pass } from '../../model/control.ts';
import { eksCluster } from '../../resources/eks/eks-cluster.ts';

export const clusterTakesAccessEntries = defineControl(eksCluster, {
  id: 'PL.EKS.2',
  title: 'Who may use an EKS cluster should be shown by access entries',
  severity: 'MEDIUM',
  rationale:
    'With the ConfigMap aws-auth alone, nobody sees from AWS who may use the cluster, no trail tells who changed it, and whoever made the cluster administers it for ever, shown nowhere.',
  standards: {},
  needs: ['cluster'],
  evaluate: ({ cluster: { takesEntries } }) =>
    takesEntries
      ? pass
      : fail('only a ConfigMap in the cluster says who may use it', [
          { path: 'cluster.takesEntries', actual: false, expected: true },
        ]),
  remediation: {
    advice:
      'Set the authentication mode to API_AND_CONFIG_MAP, make an access entry of each line of aws-auth, then set it to API. Neither step can be taken back; the principal that made the cluster gets an entry as its administrator with the first.',
    url: 'https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html',
  },
});
