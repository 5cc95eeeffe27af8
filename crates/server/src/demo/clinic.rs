//! The clinic itself: branches, chairs, staff with their log-ins and hours, procedures and drugs.

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use dentpro_core::permissions::BuiltInRole;
use jiff::Timestamp;
use jiff::civil::Time;
use uuid::Uuid;

use super::catalogue::{Catalogue, Named, StaffRow};
use super::copy::{Array, Rows, Table};
use super::people::mobile;
use super::seed::Chance;
use super::{PASSWORD, Plan, TIME_ZONE};

/// The VAT of what is not treatment, in percent.
pub const TAX_PERCENT: i64 = 14;
/// Minutes before an appointment at which its patient is reminded.
const REMINDERS: [i64; 2] = [24 * 60, 3 * 60];
pub const CURRENCY: &str = "EGP";

/// From, until: minutes after midnight.
pub type Span = (i64, i64);
/// Sunday first.
pub type Week = [Vec<Span>; 7];

#[derive(Debug)]
pub struct Branch {
    pub id: Uuid,
    pub prefix: &'static str,
    /// Who books, issues and takes the money here.
    pub receptionist: Uuid,
    /// Whether the reception writes Arabic.
    pub arabic: bool,
}

#[derive(Debug)]
pub struct Chair {
    pub id: Uuid,
    pub branch: usize,
    /// Nobody's own: any doctor of the branch takes it now and then.
    pub shared: bool,
}

#[derive(Debug)]
pub struct Doctor {
    pub id: Uuid,
    pub branch: usize,
    pub chair: usize,
    pub week: Week,
    /// Whether he writes his notes in Arabic.
    pub arabic: bool,
    /// Which of the specialties of the first four doctors is his.
    pub specialty: usize,
}

#[derive(Debug)]
pub struct Clinic {
    pub id: Uuid,
    pub branches: Vec<Branch>,
    pub chairs: Vec<Chair>,
    pub doctors: Vec<Doctor>,
    /// In the order of the catalogue.
    pub procedures: Vec<Uuid>,
    /// In the order of the list.
    pub types: Vec<Uuid>,
    pub drugs: Vec<Uuid>,
    /// The rules of the reminders, with their minutes before an appointment.
    pub reminders: Vec<(Uuid, i64)>,
    /// Who set the clinic up.
    pub admin: Uuid,
}

impl Clinic {
    /// Makes the clinic and its rows.
    ///
    /// # Errors
    /// Only when the password cannot be hashed.
    pub fn create(
        plan: &Plan,
        lists: &Catalogue,
        rows: &mut Rows,
    ) -> Result<Self, argon2::password_hash::Error> {
        let at = plan.founded;
        let mut chance = Chance::of(1);
        let id = chance.id(at);
        let mut clinic = Self {
            id,
            branches: Vec::new(),
            chairs: Vec::new(),
            doctors: Vec::new(),
            procedures: Vec::new(),
            types: Vec::new(),
            drugs: Vec::new(),
            reminders: Vec::new(),
            admin: Uuid::nil(),
        };
        rows.push(
            Table::Clinic,
            &[
                &id,
                &"عيادات لؤلؤة النيل لطب الأسنان",
                &"Nile Pearl Dental Clinics",
                &"EG",
                &CURRENCY,
                &2,
                &TIME_ZONE,
                &"512-408-736",
                &"+20223456789",
                &"info@dentpro.demo",
                &"شارع عباس العقاد، مدينة نصر، القاهرة",
                &"Abbas El Akkad St, Nasr City, Cairo",
                &Array(&["friday"]),
                &TAX_PERCENT,
                &true,
                &at,
            ],
        );
        clinic.add_branches(&mut chance, at, rows);
        clinic.add_staff(plan, lists, &mut chance, rows)?;
        clinic.add_lists(lists, &mut chance, at, rows);
        clinic.add_types(lists, at, rows);
        Ok(clinic)
    }

    fn add_branches(&mut self, chance: &mut Chance, at: Timestamp, rows: &mut Rows) {
        let branches = [
            (
                "فرع مدينة نصر",
                "Nasr City branch",
                "",
                "+20223456789",
                "شارع عباس العقاد، مدينة نصر، القاهرة",
                "Abbas El Akkad St, Nasr City, Cairo",
            ),
            (
                "فرع المعادي",
                "Maadi branch",
                "MD",
                "+20225167890",
                "شارع 9، المعادي، القاهرة",
                "Road 9, Maadi, Cairo",
            ),
        ];
        for (position, (name_ar, name_en, prefix, phone, address_ar, address_en)) in (0_i32..).zip(branches) {
            let id = chance.id(at);
            rows.push(
                Table::Branch,
                &[
                    &self.id,
                    &id,
                    &name_ar,
                    &name_en,
                    &prefix,
                    &phone,
                    &address_ar,
                    &address_en,
                    &position,
                    &at,
                ],
            );
            let open: Week =
                if position == 0 { week(&[(600, 1320)], &[(840, 1320)]) } else { week(&[(600, 1320)], &[]) };
            self.add_hours(Some(id), None, &open, chance, at, rows);
            self.branches.push(Branch { id, prefix, receptionist: Uuid::nil(), arabic: position == 0 });
        }
    }

    fn add_chair(
        &mut self,
        branch: usize,
        shared: bool,
        chance: &mut Chance,
        at: Timestamp,
        rows: &mut Rows,
    ) -> usize {
        let id = chance.id(at);
        let number =
            i32::try_from(self.chairs.iter().filter(|c| c.branch == branch).count()).unwrap_or(0) + 1;
        let (name_ar, name_en) = (format!("كرسي {number}"), format!("Chair {number}"));
        let features: &[&str] = match number {
            1 => &["surgery", "xray"],
            _ if shared => &["xray", "child"],
            _ => &["child"],
        };
        rows.push(
            Table::Chair,
            &[&self.id, &id, &self.branches[branch].id, &name_ar, &name_en, &number, &Array(features), &at],
        );
        self.chairs.push(Chair { id, branch, shared });
        self.chairs.len() - 1
    }

    fn add_staff(
        &mut self,
        plan: &Plan,
        lists: &Catalogue,
        chance: &mut Chance,
        rows: &mut Rows,
    ) -> Result<(), argon2::password_hash::Error> {
        let at = plan.founded;
        let hash = hashed_password()?;
        let roles: Vec<(BuiltInRole, Uuid)> =
            BuiltInRole::ALL.into_iter().map(|role| (role, self.add_role(role, chance, at, rows))).collect();
        let mut staff = lists.staff.clone();
        let known = staff.iter().filter(|s| s.role == "doctor").count();
        staff.extend((known..plan.doctors).map(|number| another_doctor(number, lists, chance)));
        let mut doctors = 0;
        for row in &staff {
            let (account, id) = (chance.id(at), chance.id(at));
            let email = email(&row.key);
            rows.push(Table::Account, &[&account, &email, &row.name_ar, &row.name_en, &hash, &at, &at]);
            let phone = mobile(chance);
            rows.push(
                Table::Staff,
                &[
                    &self.id,
                    &id,
                    &account,
                    &row.name_ar,
                    &row.name_en,
                    &row.colour,
                    &phone,
                    &row.specialty_ar,
                    &row.specialty_en,
                    &at,
                ],
            );
            if let Some((_, role)) = roles.iter().find(|(role, _)| role.code() == row.role) {
                rows.push(Table::StaffRole, &[&self.id, &id, role]);
            }
            let branch = row.branch.saturating_sub(1);
            match row.role.as_str() {
                "doctor" => {
                    let chair = self.add_chair(branch, false, chance, at, rows);
                    let week = doctor_week(doctors);
                    self.add_hours(None, Some(id), &week, chance, at, rows);
                    let (arabic, specialty) = (doctors % 2 == 0, doctors % known);
                    self.doctors.push(Doctor { id, branch, chair, week, arabic, specialty });
                    doctors += 1;
                }
                "receptionist" => self.branches[branch].receptionist = id,
                "admin" => self.admin = id,
                _ => {}
            }
        }
        for _ in self.chairs.len()..plan.chairs {
            self.add_chair(0, true, chance, at, rows);
        }
        Ok(())
    }

    fn add_role(&self, role: BuiltInRole, chance: &mut Chance, at: Timestamp, rows: &mut Rows) -> Uuid {
        let id = chance.id(at);
        rows.push(Table::Role, &[&self.id, &id, &role.code(), &role.name_ar(), &role.name_en(), &at]);
        for (permission, scope) in role.permissions() {
            rows.push(Table::RolePermission, &[&self.id, &id, &permission.code(), &scope.as_str()]);
        }
        id
    }

    fn add_hours(
        &self,
        branch: Option<Uuid>,
        staff: Option<Uuid>,
        week: &Week,
        chance: &mut Chance,
        at: Timestamp,
        rows: &mut Rows,
    ) {
        for (weekday, spans) in (0_i32..).zip(week) {
            for (from, until) in spans {
                let cells = (chance.id(at), clock_time(*from), clock_time(*until));
                rows.push(
                    Table::WorkingHours,
                    &[&self.id, &cells.0, &branch, &staff, &weekday, &cells.1, &cells.2],
                );
            }
        }
    }

    fn add_lists(&mut self, lists: &Catalogue, chance: &mut Chance, at: Timestamp, rows: &mut Rows) {
        for p in &lists.procedures {
            let id = chance.id(at);
            rows.push(
                Table::Procedure,
                &[
                    &self.id,
                    &id,
                    &p.code,
                    &p.name_ar,
                    &p.name_en,
                    &p.category,
                    &p.scope,
                    &p.price(),
                    &p.minutes,
                    &p.tax,
                    &p.chart_code,
                    &p.chart_material,
                    &at,
                ],
            );
            self.procedures.push(id);
        }
        for lead_minutes in REMINDERS {
            let id = chance.id(at);
            let channels = Array(&["whatsapp", "sms", "mail"]);
            rows.push(Table::ReminderRule, &[&self.id, &id, &lead_minutes, &channels, &at]);
            self.reminders.push((id, lead_minutes));
        }
        for d in &lists.drugs {
            let id = chance.id(at);
            let parts = |text: &str| text.split(';').map(str::to_owned).collect::<Vec<_>>();
            let (forms, strengths) = (parts(&d.forms), parts(&d.strengths));
            rows.push(
                Table::Drug,
                &[
                    &self.id,
                    &id,
                    &d.code,
                    &d.name_ar,
                    &d.name_en,
                    &d.drug_class,
                    &Array(&forms),
                    &Array(&strengths),
                    &d.notes_ar,
                    &d.notes_en,
                    &at,
                ],
            );
            self.drugs.push(id);
        }
    }

    /// With ids from a chance of their own: those of the lists before them stay as they were.
    fn add_types(&mut self, lists: &Catalogue, at: Timestamp, rows: &mut Rows) {
        let mut chance = Chance::of(10);
        for (position, t) in (0_i32..).zip(&lists.types) {
            let id = chance.id(at);
            rows.push(
                Table::AppointmentType,
                &[
                    &self.id,
                    &id,
                    &t.name_ar,
                    &t.name_en,
                    &t.colour,
                    &t.minutes,
                    &t.pattern,
                    &t.chair_feature,
                    &position,
                    &at,
                ],
            );
            for code in t.procedures() {
                let procedure = &self.procedures[lists.procedure(code)];
                rows.push(Table::TypeProcedure, &[&self.id, &id, procedure]);
            }
            self.types.push(id);
        }
    }
}

/// Saturday to Thursday, and Friday.
fn week(days: &[Span], friday: &[Span]) -> Week {
    std::array::from_fn(|weekday| if weekday == 5 { friday.to_vec() } else { days.to_vec() })
}

/// Morning and evening shifts; the first doctor also sees emergencies on Friday evening, the others have a day off.
fn doctor_week(number: usize) -> Week {
    let mut week = match number % 4 {
        0 => week(&[(600, 840), (900, 1200)], &[(900, 1260)]),
        1 => week(&[(720, 960), (1020, 1260)], &[]),
        2 => week(&[(600, 780), (840, 1080)], &[]),
        _ => week(&[(780, 1020), (1080, 1320)], &[]),
    };
    if number > 0 {
        week[number % 5].clear();
        week[5].clear();
    }
    week
}

fn clock_time(minutes: i64) -> Time {
    let (hour, minute) = (minutes / 60, minutes % 60);
    Time::constant(i8::try_from(hour).unwrap_or(0), i8::try_from(minute).unwrap_or(0), 0, 0)
}

/// `doctor_1` is doctor@dentpro.demo, `doctor_2` doctor2@dentpro.demo.
fn email(key: &str) -> String {
    let (role, number) = key.split_once('_').unwrap_or((key, "1"));
    let role = if role == "receptionist" { "reception" } else { role };
    let number = if number == "1" { "" } else { number };
    format!("{role}{number}@dentpro.demo")
}

/// A doctor of the large clinic, which has more than the list.
fn another_doctor(number: usize, lists: &Catalogue, chance: &mut Chance) -> StaffRow {
    const COLOURS: [&str; 8] =
        ["#2f6f4f", "#7a2f6f", "#2f4f8f", "#8f5f0f", "#4f4f9f", "#9f2f2f", "#1f7f7f", "#6f5f2f"];
    let like = &lists.staff.iter().filter(|s| s.role == "doctor").collect::<Vec<_>>()[number % 4];
    let given: &Named =
        if number.is_multiple_of(2) { chance.pick(&lists.men) } else { chance.pick(&lists.women) };
    let family = chance.pick(&lists.families);
    StaffRow {
        key: format!("doctor_{}", number + 1),
        name_ar: format!("د. {} {}", given.name_ar, family.name_ar),
        name_en: format!("Dr {} {}", given.name_en, family.name_en),
        branch: number % 2 + 1,
        colour: COLOURS[number % COLOURS.len()].to_owned(),
        ..(*like).clone()
    }
}

fn hashed_password() -> Result<String, argon2::password_hash::Error> {
    let params = Params::new(19_456, 2, 1, None)?;
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    Ok(argon.hash_password(PASSWORD.as_bytes())?.to_string())
}
