/* perm.h - every permission of the program, as noun.act: the enum that code tests and the names that
 * lists/roles.yaml grants.
 *
 * One line here and one role there make a permission; a name that stands in only one of the two fails the
 * load or role_test.c. What an act means is said once, here. */
#pragma once

#define PERMS(P)                                                                                             \
	P(ACCOUNT_READ, "account.read")                                                                      \
	P(ACCOUNT_WRITE, "account.write") /* open, rename, close; reset a password */                        \
	P(ACCOUNT_GRANT, "account.grant") /* give posts and take them away */                                \
	P(OFFICE_WRITE, "office.write")                                                                      \
	P(PERSON_READ, "person.read") /* the masked record */                                                \
	P(PERSON_WRITE, "person.write")                                                                      \
	P(PERSON_REVEAL, "person.reveal") /* one sealed value, for a purpose, with a look */                 \
	P(CASE_READ, "case.read")                                                                            \
	P(CASE_FILE, "case.file")     /* an application, for oneself or another */                           \
	P(CASE_NOTE, "case.note")     /* a remark from who knows the household */                            \
	P(CASE_ACCEPT, "case.accept") /* pre-check, accept, ask for papers */                                \
	P(ASSESSMENT_READ, "assessment.read")                                                                \
	P(ASSESSMENT_ASSIGN, "assessment.assign")                                                            \
	P(ASSESSMENT_RECORD, "assessment.record")     /* type what the doctor measured */                    \
	P(ASSESSMENT_CONCLUDE, "assessment.conclude") /* answer for it */                                    \
	P(ASSESSOR_READ, "assessor.read")                                                                    \
	P(ASSESSOR_WRITE, "assessor.write") /* institutions, their doctors and licences */                   \
	P(SCHEDULE_READ, "schedule.read")                                                                    \
	P(SCHEDULE_WRITE, "schedule.write") /* plan occasions, book, draw */                                 \
	P(PUBLICITY_READ, "publicity.read")                                                                  \
	P(PUBLICITY_POST, "publicity.post")       /* put the sheet up, prove it by a photo */                \
	P(PUBLICITY_CONFIRM, "publicity.confirm") /* it hung there, and who objected */                      \
	P(PUBLICITY_CONCLUDE, "publicity.conclude")                                                          \
	P(CERTIFICATE_READ, "certificate.read")                                                              \
	P(CERTIFICATE_APPROVE, "certificate.approve")                                                        \
	P(CERTIFICATE_PRINT, "certificate.print")                                                            \
	P(CERTIFICATE_HAND, "certificate.hand")           /* take cards in and hand them to their holders */ \
	P(CERTIFICATE_SUPERVISE, "certificate.supervise") /* draw samples, write findings */                 \
	P(CERTIFICATE_PROPOSE, "certificate.propose")     /* to freeze or cancel */                          \
	P(CERTIFICATE_FREEZE, "certificate.freeze")                                                          \
	P(APPEAL_FILE, "appeal.file")                                                                        \
	P(APPEAL_READ, "appeal.read")                                                                        \
	P(APPEAL_ASSESS, "appeal.assess") /* the second assessment, when assigned */                         \
	P(APPEAL_DECIDE, "appeal.decide") /* first level */                                                  \
	P(APPEAL_FINAL, "appeal.final")   /* second and last */                                              \
	P(SUBSIDY_READ, "subsidy.read")                                                                      \
	P(SUBSIDY_VERIFY, "subsidy.verify")   /* the visit */                                                \
	P(SUBSIDY_REVIEW, "subsidy.review")   /* first review */                                             \
	P(SUBSIDY_APPROVE, "subsidy.approve") /* the federation's part */                                    \
	P(SUBSIDY_FINAL, "subsidy.final")     /* civil affairs' decision */                                  \
	P(SUBSIDY_PAY, "subsidy.pay")         /* make and release the pay file */                            \
	P(PLAN_READ, "plan.read")             /* rehabilitation, devices, care, education, home */           \
	P(PLAN_DEMAND, "plan.demand")                                                                        \
	P(PLAN_WRITE, "plan.write")                                                                          \
	P(PLAN_APPROVE, "plan.approve")                                                                      \
	P(PLAN_DELIVER, "plan.deliver") /* service records and claims */                                     \
	P(FUND_READ, "fund.read")       /* the employment security fund */                                   \
	P(FUND_VERIFY, "fund.verify")                                                                        \
	P(TASK_READ, "task.read")                                                                            \
	P(TASK_REPORT, "task.report") /* progress */                                                         \
	P(TASK_WRITE, "task.write")                                                                          \
	P(TASK_APPROVE, "task.approve") /* verify and close */                                               \
	P(TASK_CREATE, "task.create")   /* a list for the offices below */                                   \
	P(STATISTICS_READ, "statistics.read")                                                                \
	P(STATISTICS_COLLECT, "statistics.collect")                                                          \
	P(STATISTICS_APPROVE, "statistics.approve")                                                          \
	P(STATISTICS_FREEZE, "statistics.freeze")                                                            \
	P(REPORT_READ, "report.read")                                                                        \
	P(REPORT_WRITE, "report.write")                                                                      \
	P(LIST_IMPORT, "list.import") /* lists from outside */                                               \
	P(EXPORT_ASK, "export.ask")                                                                          \
	P(EXPORT_APPROVE, "export.approve")                                                                  \
	P(POLICY_READ, "policy.read")                                                                        \
	P(POLICY_EDIT, "policy.edit")                                                                        \
	P(POLICY_PUBLISH, "policy.publish")                                                                  \
	P(LEDGER_READ, "ledger.read")                                                                        \
	P(LOOK_READ, "look.read")       /* who looked at whom */                                             \
	P(OWN_READ, "own.read")         /* /me and /applications: who asks for himself or his ward */        \
	P(SITE_OPERATE, "site.operate") /* jobs, backup, status */                                           \
	P(SITE_SECURE, "site.secure")   /* limits, second factors, sessions of others */

#define PERM_ENUM_(name, text) PERM_##name,
typedef enum perm { PERMS(PERM_ENUM_) PERM_COUNT } perm;
