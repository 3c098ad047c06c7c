import type { Reader, Ref } from '../../model/resource-type.ts';
import { eks } from '../../services/eks.ts';
import { matchesStars } from '../../support/wildcards.ts';
import { gathered } from '../gathered.ts';

/**
 * Policies of EKS that let somebody run anything in a namespace: as any of its service accounts, with any right on the node.
 * https://docs.aws.amazon.com/eks/latest/userguide/access-policy-permissions.html
 */
const policies = ['AmazonEKSClusterAdminPolicy', 'AmazonEKSAdminPolicy', 'AmazonEKSEditPolicy'];

/** Its service accounts may do anything in the cluster. */
const systemNamespace = 'kube-system';
const hasSystem = (namespaces: readonly string[]): boolean =>
  namespaces.some((name) => matchesStars(name, systemNamespace));

const gone = 'ResourceNotFoundException';

/** The policies of a principal by which it administers the cluster; none where its entry was just deleted. */
const policiesOf = async (reader: Reader, clusterName: string, principalArn: string) => {
  try {
    const asked = { clusterName, principalArn };
    const associated = await gathered(
      reader.pages('eks', 'listAssociatedAccessPolicies', asked),
      ({ associatedAccessPolicies }) => associatedAccessPolicies,
    );
    return associated.flatMap(({ policyArn = '', accessScope: { type, namespaces = [] } = {} }) => {
      const policy = policyArn.split('/').at(-1) ?? '';
      const isWhole = type === 'cluster' || hasSystem(namespaces);
      return policies.includes(policy) && isWhole ? [{ principal: principalArn, policy }] : [];
    });
  } catch (error) {
    if (Object(error).name === gone) return [];
    throw error;
  }
};

/** Whom the access entries of a cluster let administer it, by the policies of EKS; what roles inside the cluster give is not looked at. */
export const administratorsOf = async (reader: Reader, ref: Ref) => {
  const clusterName = ref.id;
  const principals = await Promise.all(
    policies.map((policy) =>
      gathered(
        reader.pages('eks', 'listAccessEntries', {
          clusterName,
          associatedPolicyArn: eks.arn('access-policy', ref, policy),
        }),
        ({ accessEntries }) => accessEntries,
      ),
    ),
  );
  const found = await Promise.all(
    [...new Set(principals.flat())]
      .toSorted()
      .map((principal) => policiesOf(reader, clusterName, principal)),
  );
  return found.flat();
};
