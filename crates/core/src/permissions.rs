//! What a role may allow: `capability.action` permissions, each for all records or only one's own.

/// How far a permission reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Scope {
    /// Only what belongs to the staff member: a doctor's own patients, visits, appointments.
    Own,
    /// Everything of the clinic.
    All,
}

impl Scope {
    /// The word stored in the database.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::All => "all",
        }
    }
}

macro_rules! permissions {
    ($($name:ident $code:literal $own:literal $en:literal $ar:literal;)*) => {
        /// Every permission there is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Permission { $(#[doc = $en] $name,)* }

        impl Permission {
            /// All of them, in the order of the matrix page.
            pub const ALL: &'static [Permission] = &[$(Permission::$name,)*];

            /// The stable code, `capability.action`.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// Whether it can be given for one's own records only.
            pub const fn can_be_own(self) -> bool {
                match self { $(Self::$name => $own,)* }
            }

            /// What it allows, in English.
            pub const fn name_en(self) -> &'static str {
                match self { $(Self::$name => $en,)* }
            }

            /// What it allows, in Arabic.
            pub const fn name_ar(self) -> &'static str {
                match self { $(Self::$name => $ar,)* }
            }
        }

        /// One type for each permission, so that a handler's signature can name what it asks for.
        pub mod need {
            $(#[doc = $en]
            #[derive(Debug)]
            pub struct $name;
            impl super::Needs for $name {
                const PERMISSION: super::Permission = super::Permission::$name;
            })*
        }
    };
}

/// A type that stands for a permission.
pub trait Needs: Send + Sync + 'static {
    /// The permission it stands for.
    const PERMISSION: Permission;
}

permissions! {
    ClinicRead "clinic.read" false "See the clinic, its branches, chairs, hours and catalogues" "عرض بيانات العيادة وفروعها وكراسيها ومواعيد عملها وقوائمها";
    ClinicWrite "clinic.write" false "Change the clinic's set-up and catalogues" "تعديل إعدادات العيادة وقوائمها";
    IdentityReadStaff "identity.read_staff" false "See who works here" "عرض فريق العمل";
    IdentityManageStaff "identity.manage_staff" false "Invite and change staff" "دعوة أعضاء الفريق وتعديل بياناتهم";
    IdentityManageRoles "identity.manage_roles" false "Change what each role may do" "تعديل صلاحيات الأدوار";
    PatientsRead "patients.read" false "Find patients and see their personal data" "البحث عن المرضى وعرض بياناتهم الشخصية";
    PatientsWrite "patients.write" false "Register and change patients" "تسجيل المرضى وتعديل بياناتهم";
    PatientsReadHistory "patients.read_history" false "Read the medical history" "قراءة التاريخ المرضي";
    PatientsWriteHistory "patients.write_history" false "Record the medical history" "تسجيل التاريخ المرضي";
    SchedulingRead "scheduling.read" true "See the appointment book" "عرض دفتر المواعيد";
    SchedulingWrite "scheduling.write" true "Book, move and change appointments" "حجز المواعيد ونقلها وتعديلها";
    SchedulingOverbook "scheduling.overbook" false "Book over a taken slot, with a reason" "الحجز فوق موعد محجوز مع ذكر السبب";
    SchedulingOutsideHours "scheduling.book_outside_hours" false "Book outside the working hours" "الحجز خارج مواعيد العمل";
    SchedulingSetUp "scheduling.set_up" false "Set up appointment types, recalls, reminders and the waiting-room screen" "إعداد أنواع المواعيد والاستدعاءات والتذكيرات وشاشة الانتظار";
    RecordsRead "records.read" true "Read visits and their notes" "قراءة الزيارات وملاحظاتها";
    RecordsWrite "records.write" true "Write visits, diagnoses and work done" "كتابة الزيارات والتشخيصات والإجراءات المنفذة";
    RecordsSign "records.sign" true "Sign visits and add to signed ones" "توقيع الزيارات والإضافة إلى الموقّع منها";
    ChartingRead "charting.read" false "See dental charts" "عرض مخطط الأسنان";
    ChartingWriteFindings "charting.write_findings" false "Record findings on the chart" "تسجيل الملاحظات السريرية على المخطط";
    ChartingWritePlan "charting.write_plan" false "Record planned treatment on the chart" "تسجيل العلاج المخطط له على المخطط";
    ChartingWriteDone "charting.write_done" false "Record completed work on the chart" "تسجيل العلاج المنفذ على المخطط";
    PeriodontalRead "periodontal.read" false "See periodontal exams" "عرض فحوص اللثة";
    PeriodontalWrite "periodontal.write" false "Record periodontal exams" "تسجيل فحوص اللثة";
    PeriodontalDiagnose "periodontal.diagnose" false "Confirm periodontal diagnoses and close exams" "اعتماد تشخيص اللثة وإغلاق الفحوص";
    PlanningRead "planning.read" false "See treatment plans" "عرض خطط العلاج";
    PlanningWrite "planning.write" false "Make and change treatment plans" "إعداد خطط العلاج وتعديلها";
    PlanningPresent "planning.present" false "Present treatment plans and record the patient's answer" "عرض خطط العلاج على المرضى وتسجيل ردهم";
    BillingRead "billing.read" false "See prices, invoices, payments and balances" "عرض الأسعار والفواتير والمدفوعات والأرصدة";
    BillingWrite "billing.write" false "Prepare draft invoices" "إعداد مسودات الفواتير";
    BillingIssue "billing.issue" false "Issue invoices" "إصدار الفواتير";
    BillingTakePayment "billing.take_payment" false "Take payments" "تحصيل المدفوعات";
    BillingRefund "billing.refund" false "Refund payments" "رد المدفوعات";
    BillingDiscount "billing.discount" false "Give discounts and change prices on an invoice" "منح الخصومات وتعديل الأسعار في الفاتورة";
    AuditRead "audit.read" false "Read the activity log" "قراءة سجل النشاط";
}

impl Permission {
    /// The permission of a code, or `None` when there is none such.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|p| p.code() == code)
    }

    /// The capability it belongs to: the part before the dot.
    pub fn capability(self) -> &'static str {
        self.code().split_once('.').map_or(self.code(), |(capability, _)| capability)
    }
}

/// The four roles every clinic starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuiltInRole {
    /// Everything; its permissions cannot be edited.
    Admin,
    /// Own patients' records, charts, appointments.
    Doctor,
    /// Reads records, charts findings; no signing, no prices.
    Assistant,
    /// Registers, books, issues invoices, takes payments; no clinical notes.
    Receptionist,
}

impl BuiltInRole {
    /// All four.
    pub const ALL: [Self; 4] = [Self::Admin, Self::Doctor, Self::Assistant, Self::Receptionist];

    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admin => "admin",
            Self::Doctor => "doctor",
            Self::Assistant => "assistant",
            Self::Receptionist => "receptionist",
        }
    }

    /// The name in English.
    pub const fn name_en(self) -> &'static str {
        match self {
            Self::Admin => "Administrator",
            Self::Doctor => "Doctor",
            Self::Assistant => "Assistant",
            Self::Receptionist => "Receptionist",
        }
    }

    /// The name in Arabic.
    pub const fn name_ar(self) -> &'static str {
        match self {
            Self::Admin => "مدير النظام",
            Self::Doctor => "طبيب",
            Self::Assistant => "مساعد",
            Self::Receptionist => "موظف استقبال",
        }
    }

    /// What the role may do when a clinic is set up; the clinic edits it from there.
    pub fn permissions(self) -> Vec<(Permission, Scope)> {
        use Permission as P;
        let all = |list: &[P]| list.iter().map(|p| (*p, Scope::All)).collect::<Vec<_>>();
        match self {
            Self::Admin => all(P::ALL),
            Self::Doctor => {
                let mut set = all(&[
                    P::ClinicRead,
                    P::IdentityReadStaff,
                    P::PatientsRead,
                    P::PatientsWrite,
                    P::PatientsReadHistory,
                    P::PatientsWriteHistory,
                    P::SchedulingRead,
                    P::SchedulingOutsideHours,
                    P::ChartingRead,
                    P::ChartingWriteFindings,
                    P::ChartingWritePlan,
                    P::ChartingWriteDone,
                    P::PeriodontalRead,
                    P::PeriodontalWrite,
                    P::PeriodontalDiagnose,
                    P::PlanningRead,
                    P::PlanningWrite,
                    P::PlanningPresent,
                    P::BillingRead,
                    P::BillingWrite,
                ]);
                set.extend(
                    [P::SchedulingWrite, P::RecordsRead, P::RecordsWrite, P::RecordsSign]
                        .map(|p| (p, Scope::Own)),
                );
                set
            }
            Self::Assistant => all(&[
                P::ClinicRead,
                P::IdentityReadStaff,
                P::PatientsRead,
                P::PatientsReadHistory,
                P::PatientsWriteHistory,
                P::SchedulingRead,
                P::SchedulingWrite,
                P::RecordsRead,
                P::ChartingRead,
                P::ChartingWriteFindings,
                P::PeriodontalRead,
                P::PeriodontalWrite,
                P::PlanningRead,
            ]),
            Self::Receptionist => all(&[
                P::ClinicRead,
                P::IdentityReadStaff,
                P::PatientsRead,
                P::PatientsWrite,
                P::SchedulingRead,
                P::SchedulingWrite,
                P::SchedulingOverbook,
                P::SchedulingOutsideHours,
                P::PlanningRead,
                P::PlanningPresent,
                P::BillingRead,
                P::BillingWrite,
                P::BillingIssue,
                P::BillingTakePayment,
            ]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_unique_and_reads_back() {
        for p in Permission::ALL {
            assert_eq!(Permission::from_code(p.code()), Some(*p));
        }
        let mut codes: Vec<_> = Permission::ALL.iter().map(|p| p.code()).collect();
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), Permission::ALL.len());
    }

    #[test]
    fn built_in_roles_hold_own_scopes_only_where_a_permission_knows_them() {
        for role in BuiltInRole::ALL {
            for (p, scope) in role.permissions() {
                assert!(scope == Scope::All || p.can_be_own(), "{role:?} {p:?}");
            }
        }
    }

    #[test]
    fn a_receptionist_reads_no_clinical_notes_and_an_assistant_sees_no_prices() {
        let has = |role: BuiltInRole, p: Permission| role.permissions().iter().any(|(q, _)| *q == p);
        assert!(!has(BuiltInRole::Receptionist, Permission::RecordsRead));
        assert!(!has(BuiltInRole::Receptionist, Permission::PatientsReadHistory));
        assert!(!has(BuiltInRole::Assistant, Permission::BillingRead));
        assert!(!has(BuiltInRole::Assistant, Permission::RecordsSign));
        assert!(has(BuiltInRole::Assistant, Permission::PeriodontalWrite));
        assert!(!has(BuiltInRole::Assistant, Permission::PeriodontalDiagnose));
        assert!(!has(BuiltInRole::Receptionist, Permission::PeriodontalRead));
    }
}
