//! One type for each kind of id, all UUID version 7 on the wire and in the database.

/// Makes the id types; the server turns on the SQL and OpenAPI implementations.
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        #[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(value_type = uuid::Uuid))]
        pub struct $name(pub uuid::Uuid);

        impl $name {
            /// The bare UUID, as SQL parameters want it.
            pub const fn uuid(self) -> uuid::Uuid {
                self.0
            }
        }

        impl From<uuid::Uuid> for $name {
            fn from(id: uuid::Uuid) -> Self {
                Self(id)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A clinic: the tenant.
    ClinicId;
    /// A person's log-in, which may belong to several clinics.
    AccountId;
    /// An account in a clinic.
    StaffId;
    /// A signed-in session.
    SessionId;
    /// A set of permissions in a clinic.
    RoleId;
    /// An open invitation of a future staff member.
    InvitationId;
    /// A branch of a clinic.
    BranchId;
    /// Hours of a branch or a doctor from one date to another.
    ClosureId;
    /// A chair (operatory) of a branch.
    ChairId;
    /// An entry of the clinic's procedure catalogue.
    ProcedureId;
    /// An entry of the clinic's drug list.
    DrugId;
    /// A patient of a clinic.
    PatientId;
    /// A patient's emergency contact.
    ContactId;
    /// A recorded allergy.
    AllergyId;
    /// A recorded chronic condition.
    ConditionId;
    /// A medicine the patient takes.
    MedicationId;
    /// An appointment.
    AppointmentId;
    /// What appointments are for.
    AppointmentTypeId;
    /// Time in the book that is not for patients.
    TimeBlockId;
    /// A slot kept while a patient decides.
    SlotHoldId;
    /// A rule by which patients are reminded.
    ReminderRuleId;
    /// A gateway that messages go through.
    MessageProviderId;
    /// A message that was or is to be sent.
    ReminderDeliveryId;
    /// A kind of recall.
    RecallTypeId;
    /// A call or message to a patient of a worklist.
    ContactAttemptId;
    /// A patient who waits for a slot.
    WaitlistEntryId;
    /// A freed slot offered to a patient.
    SlotOfferId;
    /// A visit (encounter).
    VisitId;
    /// A diagnosis made in a visit.
    DiagnosisId;
    /// A procedure done in a visit.
    VisitProcedureId;
    /// An addendum to a signed visit.
    AddendumId;
    /// An event of the dental chart.
    ChartEventId;
    /// A periodontal exam.
    PerioExamId;
    /// A treatment plan.
    PlanId;
    /// An item of a treatment plan.
    PlanItemId;
    /// What a patient was shown of a treatment plan.
    PresentationId;
    /// An invoice.
    InvoiceId;
    /// A line of an invoice.
    InvoiceLineId;
    /// A payment.
    PaymentId;
    /// A refund of a payment.
    RefundId;
}
