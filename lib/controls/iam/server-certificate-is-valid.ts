import { call, defineControl, fail, passUntil, propose, unknown } from '../../model/control.ts';
import { iamServerCertificate } from '../../resources/iam/iam-server-certificate.ts';

export const serverCertificateIsValid = defineControl(iamServerCertificate, {
  id: 'IAM.26',
  title: 'Expired SSL/TLS certificates managed in IAM should be removed',
  severity: 'MEDIUM',
  rationale:
    'An expired certificate that is still there can be put on a listener by mistake, and clients refuse it.',
  standards: { 'cis-aws-3.0.0': ['1.19'], 'cis-aws-5.0.0': ['1.18'] },
  needs: ['expiration'],
  evaluate({ expiration }, { at }) {
    const expiresAt = new Date(expiration);
    if (Number.isNaN(expiresAt.getTime())) return unknown('the certificate has no expiration date');
    if (expiresAt > at) return passUntil(expiresAt);
    return fail(`the certificate expired on ${expiration}`, [
      { path: 'expiration', actual: expiration, expected: 'in the future' },
    ]);
  },
  remediation: {
    advice:
      'Move what uses the certificate to one of AWS Certificate Manager, which renews itself, and delete it from IAM.',
    grants: [],
    plan: (_, { ref: { id } }) =>
      propose('a certificate that is deleted is lost, and something may still present it', [
        call('iam', 'deleteServerCertificate', { ServerCertificateName: id }),
      ]),
  },
});
