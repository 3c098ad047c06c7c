import { defineFramework } from '../framework.ts';

// The controls of the four baselines of SP 800-53B, each with the lowest that has it; those beside them that Security Hub
// names are added. Most are the organization's to answer.
export const nist80053r5 = defineFramework({
  id: 'nist-800-53-r5',
  title: 'NIST SP 800-53 Rev. 5',
  publisher: 'National Institute of Standards and Technology',
  url: 'https://csrc.nist.gov/pubs/sp/800/53/r5/upd1/final',
  source:
    'Baselines of SP 800-53B: github.com/usnistgov/oscal-content at 88bb8deeaa (public domain)',
  date: '2025-06-03',
  isOpen: true,
  parts: {
    'CP-6(a)': 'CP-6',
    'CP-9(a)': 'CP-9',
    'CP-9(b)': 'CP-9',
    'CP-9(c)': 'CP-9',
    'CP-9(d)': 'CP-9',
    'SC-13(a)': 'SC-13',
    // CP-1 has no enhancements.
    'CP-1(2)': '',
  },
  sections: {
    AC: 'Access control',
    AT: 'Awareness and training',
    AU: 'Audit and accountability',
    CA: 'Assessment, authorization and monitoring',
    CM: 'Configuration management',
    CP: 'Contingency planning',
    IA: 'Identification and authentication',
    IR: 'Incident response',
    MA: 'Maintenance',
    MP: 'Media protection',
    PE: 'Physical and environmental protection',
    PL: 'Planning',
    PM: 'Program management',
    PS: 'Personnel security',
    PT: 'Personal data processing and transparency',
    RA: 'Risk assessment',
    SA: 'System and services acquisition',
    SC: 'System and communications protection',
    SI: 'System and information integrity',
    SR: 'Supply chain risk management',
  },
  rows: [
    {
      level: 'low',
      kind: 'manual',
      ids: `
      AC-1 AC-2 AC-3 AC-7 AC-8 AC-14 AC-17 AC-18 AC-19 AC-20 AC-22 AT-1 AT-2 AT-2(2) AT-3 AT-4
      AU-1 AU-2 AU-3 AU-4 AU-5 AU-6 AU-8 AU-9 AU-11 AU-12 CA-1 CA-2 CA-3 CA-5 CA-6 CA-7 CA-7(4)
      CA-9 CM-1 CM-2 CM-4 CM-5 CM-6 CM-7 CM-8 CM-10 CM-11 CP-1 CP-2 CP-3 CP-4 CP-9 CP-10 IA-1 IA-2
      IA-2(1) IA-2(2) IA-2(8) IA-2(12) IA-4 IA-5 IA-5(1) IA-6 IA-7 IA-8 IA-8(1) IA-8(2) IA-8(4)
      IA-11 IR-1 IR-2 IR-4 IR-5 IR-6 IR-7 IR-8 MA-1 MA-2 MA-4 MA-5 MP-1 MP-2 MP-6 MP-7 PE-1 PE-2
      PE-3 PE-6 PE-8 PE-12 PE-13 PE-14 PE-15 PE-16 PL-1 PL-2 PL-4 PL-4(1) PL-10 PL-11 PS-1 PS-2
      PS-3 PS-4 PS-5 PS-6 PS-7 PS-8 PS-9 RA-1 RA-2 RA-3 RA-3(1) RA-5 RA-5(2) RA-5(11) RA-7 SA-1
      SA-2 SA-3 SA-4 SA-4(10) SA-5 SA-8 SA-9 SA-22 SC-1 SC-5 SC-7 SC-12 SC-13 SC-15 SC-20 SC-21
      SC-22 SC-39 SI-1 SI-2 SI-3 SI-4 SI-5 SI-12 SR-1 SR-2 SR-2(1) SR-3 SR-5 SR-8 SR-10 SR-11
      SR-11(1) SR-11(2) SR-12`,
    },
    {
      level: 'moderate',
      kind: 'manual',
      ids: `
      AC-2(1) AC-2(2) AC-2(3) AC-2(4) AC-2(5) AC-2(13) AC-4 AC-5 AC-6 AC-6(1) AC-6(2) AC-6(5)
      AC-6(7) AC-6(9) AC-6(10) AC-11 AC-11(1) AC-12 AC-17(1) AC-17(2) AC-17(3) AC-17(4) AC-18(1)
      AC-18(3) AC-19(5) AC-20(1) AC-20(2) AC-21 AT-2(3) AU-3(1) AU-6(1) AU-6(3) AU-7 AU-7(1)
      AU-9(4) CA-2(1) CA-7(1) CM-2(2) CM-2(3) CM-2(7) CM-3 CM-3(2) CM-3(4) CM-4(2) CM-7(1) CM-7(2)
      CM-7(5) CM-8(1) CM-8(3) CM-9 CM-12 CM-12(1) CP-2(1) CP-2(3) CP-2(8) CP-4(1) CP-6 CP-6(1)
      CP-6(3) CP-7 CP-7(1) CP-7(2) CP-7(3) CP-8 CP-8(1) CP-8(2) CP-9(1) CP-9(8) CP-10(2) IA-3
      IA-4(4) IA-5(2) IA-5(6) IA-12 IA-12(2) IA-12(3) IA-12(5) IR-3 IR-3(2) IR-4(1) IR-6(1)
      IR-6(3) IR-7(1) MA-3 MA-3(1) MA-3(2) MA-3(3) MA-6 MP-3 MP-4 MP-5 PE-4 PE-5 PE-6(1) PE-9
      PE-10 PE-11 PE-13(1) PE-17 PL-8 RA-5(5) RA-9 SA-4(1) SA-4(2) SA-4(9) SA-9(2) SA-10 SA-11
      SA-15 SA-15(3) SC-2 SC-4 SC-7(3) SC-7(4) SC-7(5) SC-7(7) SC-7(8) SC-8 SC-8(1) SC-10 SC-17
      SC-18 SC-23 SC-28 SC-28(1) SI-2(2) SI-4(2) SI-4(4) SI-4(5) SI-7 SI-7(1) SI-7(7) SI-8 SI-8(2)
      SI-10 SI-11 SI-16 SR-6`,
    },
    {
      level: 'high',
      kind: 'manual',
      ids: `
      AC-2(11) AC-2(12) AC-4(4) AC-6(3) AC-10 AC-18(4) AC-18(5) AU-5(1) AU-5(2) AU-6(5) AU-6(6)
      AU-9(2) AU-9(3) AU-10 AU-12(1) AU-12(3) CA-2(2) CA-3(6) CA-8 CA-8(1) CM-3(1) CM-3(6) CM-4(1)
      CM-5(1) CM-6(1) CM-6(2) CM-8(2) CM-8(4) CP-2(2) CP-2(5) CP-3(1) CP-4(2) CP-6(2) CP-7(4)
      CP-8(3) CP-8(4) CP-9(2) CP-9(3) CP-9(5) CP-10(4) IA-2(5) IA-12(4) IR-2(1) IR-2(2) IR-4(4)
      IR-4(11) IR-5(1) MA-2(2) MA-4(3) MA-5(1) MP-6(1) MP-6(2) MP-6(3) PE-3(1) PE-6(4) PE-8(1)
      PE-11(1) PE-13(2) PE-15(1) PE-18 PS-4(2) RA-5(4) SA-4(5) SA-16 SA-17 SA-21 SC-3 SC-7(18)
      SC-7(21) SC-12(1) SC-24 SI-4(10) SI-4(12) SI-4(14) SI-4(20) SI-4(22) SI-5(1) SI-6 SI-7(2)
      SI-7(5) SI-7(15) SR-9 SR-9(1)`,
    },
    {
      level: 'privacy',
      kind: 'manual',
      ids: `
      AC-3(14) AT-3(5) AU-3(3) IR-2(3) IR-8(1) PE-8(3) PL-9 PM-3 PM-4 PM-5(1) PM-6 PM-7 PM-8 PM-9
      PM-10 PM-11 PM-13 PM-14 PM-17 PM-18 PM-19 PM-20 PM-20(1) PM-21 PM-22 PM-24 PM-25 PM-26 PM-27
      PM-28 PM-31 PT-1 PT-2 PT-3 PT-4 PT-5 PT-5(2) PT-6 PT-6(1) PT-6(2) PT-7 PT-7(1) PT-7(2) PT-8
      RA-8 SA-8(33) SC-7(24) SI-12(1) SI-12(2) SI-12(3) SI-18 SI-18(4) SI-19`,
    },
  ],
});
