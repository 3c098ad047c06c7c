import { defineFramework } from '../framework.ts';

// The standards of 45 CFR 164 Subpart C, each with the controls of SP 800-53 that NIST names for any of its key activities.
export const hipaaSecurityRule = defineFramework({
  id: 'hipaa-security-rule',
  title: 'HIPAA Security Rule',
  publisher: 'U.S. Department of Health and Human Services',
  url: 'https://www.hhs.gov/hipaa/for-professionals/security/index.html',
  source:
    'Crosswalk: NIST SP 800-66 Rev. 2 (CPRT SP800_66_2_0_0) to SP 800-53 Rev. 5, by github.com/intuitem/ciso-assistant-community at f990d7b1b9; ids alone (public domain)',
  date: '2025-06-13',
  sections: {
    '164.308': 'Administrative safeguards',
    '164.310': 'Physical safeguards',
    '164.312': 'Technical safeguards',
    '164.314': 'Organizational requirements',
    '164.316': 'Policies, procedures and documentation',
  },
  rows: [
    {
      kind: 'shared',
      ids: `
      164.308(a)(1) 164.308(a)(2) 164.308(a)(3) 164.308(a)(4) 164.308(a)(5) 164.308(a)(6)
      164.308(a)(7) 164.308(a)(8) 164.308(b)(1) 164.310(a) 164.310(b) 164.310(c) 164.310(d)
      164.312(a) 164.312(b) 164.312(c) 164.312(d) 164.312(e)(1) 164.314(a) 164.314(b) 164.316(a)
      164.316(b)`,
    },
  ],
  through: {
    framework: 'nist-800-53-r5',
    ids: {
      '164.308(a)(1)': 'AU-6 AU-7 CA-7 IR-5 IR-6 PL-2 PS-8 RA-1 RA-2 RA-3 SI-4',
      '164.308(a)(2)': 'CA-6 PM-2',
      '164.308(a)(3)': 'AC-1 AC-2 AC-3 AC-4 AC-5 AC-6 MA-5 MP-2 PS-1 PS-2 PS-3 PS-4 PS-5 PS-6 PS-7',
      '164.308(a)(4)': 'AC-1 AC-2 AC-3 AC-4 AC-5 AC-6 CA-3 PS-6 PS-7',
      '164.308(a)(5)': 'AT-1 AT-2 AT-3 AT-4 AU-6',
      '164.308(a)(6)': 'IR-1 IR-2 IR-3 IR-4 IR-5 IR-6 IR-7 IR-8 IR-9',
      '164.308(a)(7)': 'CP-1 CP-2 CP-2(8) CP-3 CP-4 CP-6 CP-7 CP-8 CP-9 CP-9(1) CP-10 RA-2 RA-2(1)',
      '164.308(a)(8)': 'CA-1 CA-2 CA-6 CA-7 CA-8',
      '164.308(b)(1)': 'CA-3 PS-7 SA-4 SA-9',
      '164.310(a)': `CP-2 CP-6 CP-7 MA-1 MA-2 MA-6 PE-1 PE-2 PE-3 PE-3(1) PE-4 PE-5 PE-6 PE-8 PE-17 PL-2`,
      '164.310(b)': 'AC-3 AC-4 AC-11 AC-12 AC-16 AC-17 AC-19 PE-3 PE-5 PL-4 PS-6',
      '164.310(c)': 'MP-2 MP-3 MP-4 PE-2 PE-3 PE-4 PE-5 PE-18',
      '164.310(d)': 'CM-8 CP-9 MP-1 MP-2 MP-3 MP-4 MP-5 MP-6 PE-16 PE-20 PS-6',
      '164.312(a)': 'AC-1 AC-2 AC-3 AC-5 AC-6 AC-12 CP-2 IA-2 IA-3 IA-4 IA-8 SC-13',
      '164.312(b)': 'AU-1 AU-2 AU-3 AU-4 AU-6 AU-7 AU-8',
      '164.312(c)': 'CP-9 MP-2 MP-5 SC-8 SI-1 SI-7',
      '164.312(d)': 'IA-2 IA-3 IA-4 IA-8 IA-9',
      '164.312(e)(1)': 'SC-8 SC-12 SC-13 SI-7',
      '164.314(a)': 'CA-3 IR-6 PS-6 PS-7 SA-4 SA-9',
      '164.314(b)': 'IR-6 PL-2 SA-9',
      '164.316(a)': 'PL-1 PL-2 RA-1 RA-3',
      '164.316(b)': `AC-1 AT-1 AU-1 CA-1 CA-2 CM-1 CP-1 IA-1 IR-1 MA-1 MP-1 PE-1 PL-1 PL-2 PM-1 PS-1 PT-1
        RA-1 SA-1 SC-1 SI-1 SI-12 SR-1`,
    },
  },
});
