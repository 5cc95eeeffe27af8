import 'i18next';
import type audit from './en/audit.json';
import type billing from './en/billing.json';
import type charting from './en/charting.json';
import type clinic from './en/clinic.json';
import type common from './en/common.json';
import type errors from './en/errors.json';
import type identity from './en/identity.json';
import type interop from './en/interop.json';
import type notifications from './en/notifications.json';
import type patients from './en/patients.json';
import type periodontal from './en/periodontal.json';
import type planning from './en/planning.json';
import type recalls from './en/recalls.json';
import type reception from './en/reception.json';
import type records from './en/records.json';
import type scheduling from './en/scheduling.json';
import type worklists from './en/worklists.json';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: {
      audit: typeof audit;
      billing: typeof billing;
      charting: typeof charting;
      clinic: typeof clinic;
      common: typeof common;
      errors: typeof errors;
      identity: typeof identity;
      interop: typeof interop;
      notifications: typeof notifications;
      patients: typeof patients;
      periodontal: typeof periodontal;
      planning: typeof planning;
      recalls: typeof recalls;
      reception: typeof reception;
      records: typeof records;
      scheduling: typeof scheduling;
      worklists: typeof worklists;
    };
  }
}
