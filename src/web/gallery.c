/* gallery.c - see gallery.h. The words are here in pairs, not in locale/: they are samples, and no one is
 * told them. */
#include "web/gallery.h"

#include "web/gallery_tpl.h"
#include "web/parts.h"

typedef struct shelf {
	html_out *o;
	bool en;
} shelf;

typedef void paint(shelf *s);

const char *const gallery_names[] = {"home",    "question", "errors",  "check", "tasks",
				     "receipt", "list",     "compact", "case",  NULL};

/* One of a pair by the page's language. */
#define T(zh, en_) (s->en ? STR(en_) : STR(zh))

#define LIST_OF(array)                                                                                       \
	{                                                                                                    \
		(array), LEN(array)                                                                          \
	}

static void
paint_home(shelf *s)
{
	const struct tpl_sample words = {
		.title = T("首页", "Home"),
		.heading = T("有困难，我们一起想办法", "Whatever it is, we will find a way together"),
		.lead = T("残疾人证、两项补贴、康复、辅具、就业、无障碍改造，都可以在这里办。",
			  "Certificates, allowances, rehabilitation, devices, jobs and home adaptation: all "
			  "of it here."),
		.small = T("您想办什么事？", "What would you like to do?"),
		.action = T("搜索", "Search"),
		.more = T("常办的事", "Often used"),
		.other = T("不方便上网？可以请村（社区）专职委员上门代办，不收费用。",
			   "If the web is not for you, your village commissioner comes to your home and "
			   "applies for you, free of "
			   "charge."),
	};
	const struct tpl_door doors[] = {
		{T("申领残疾人证", "Apply for a certificate"),
		 T("首次申领、换领、补领、迁移、注销", "First issue, renewal, replacement, transfer"),
		 STR("/services/certificate")},
		{T("困难残疾人生活补贴", "Living allowance"),
		 T("低保家庭的残疾人，按月发放", "Monthly, for households on minimum income support"),
		 STR("/services/living")},
		{T("重度残疾人护理补贴", "Care allowance"),
		 T("一级、二级和需要长期照护的残疾人",
		   "For grades one and two, and for who needs lasting care"),
		 STR("/services/care")},
		{T("辅助器具", "Assistive devices"),
		 T("轮椅、助听器、假肢，可租可借可补贴",
		   "Wheelchairs, hearing aids, prostheses: rent, borrow or buy with support"),
		 STR("/services/devices")},
		{T("家庭无障碍改造", "Home adaptation"),
		 T("坡道、扶手、闪光门铃", "Ramps, rails, doorbells that flash"), STR("/services/homes")},
		{T("查办理进度", "See how far it is"),
		 T("凭办件号和证件后四位", "With your case number and the last four digits"), STR("/track")},
	};

	tpl_gallery_home(s->o, &(struct tpl_gallery_home){.s = &words, .doors = LIST_OF(doors)});
}

static void
paint_question(shelf *s)
{
	const struct tpl_sample words = {
		.title = T("您属于哪一类残疾？", "Which kind of disability do you have?"),
		.heading = T("您属于哪一类残疾？", "Which kind of disability do you have?"),
		.lead = T("不确定也没关系，选最接近的一类，医生会按标准评定。",
			  "If you are not sure, choose what comes closest; a doctor will assess it by the "
			  "standard."),
		.small = T("申领残疾人证 · 第 2 项，共 5 项", "Certificate · question 2 of 5"),
		.more = T("什么是多重残疾？", "What are multiple disabilities?"),
		.other = T("同时有两类或两类以上残疾的，称为多重残疾，等级按其中较重的一类确定。",
			   "Two or more kinds together; the grade is that of the more severe one."),
		.action = T("保存并继续", "Save and continue"),
	};
	const struct tpl_choice choices[] = {
		{.value = STR("1"),
		 .label = T("视力残疾", "Vision"),
		 .hint = T("看不见，或者看不清、看得范围小", "Blind, low vision or a narrow field")},
		{.value = STR("2"), .label = T("听力残疾", "Hearing"), .checked = true},
		{.value = STR("3"), .label = T("言语残疾", "Speech")},
		{.value = STR("4"), .label = T("肢体残疾", "Limbs and body")},
		{.value = STR("5"), .label = T("智力残疾", "Intellect")},
		{.value = STR("6"), .label = T("精神残疾", "Mental health")},
		{.value = STR("7"), .label = T("多重残疾", "Multiple")},
	};

	tpl_gallery_question(s->o, &(struct tpl_gallery_question){.s = &words, .choices = LIST_OF(choices)});
}

static void
paint_errors(shelf *s)
{
	const struct tpl_sample words = {
		.title = T("申请人信息", "About you"),
		.heading = T("申请人信息", "About you"),
		.lead = T("例如：1980 年 3 月 5 日", "For example: 1980, 3, 5"),
		.small = T("18 位，末位可能是字母 X", "18 characters; the last may be the letter X"),
		.more = T("照片或 PDF，不超过 10 MB。拍照时四个角都要拍到。暂时没有，可以以后补交。",
			  "A photo or a PDF of up to 10 MB, with all four corners in it. You can also hand "
			  "it in later."),
		.action = T("保存并继续", "Save and continue"),
		.other = T("存下来，以后再填", "Save and come back later"),
	};
	const struct tpl_field_error errors[] = {
		{STR("nid"), T("身份证号码应为 18 位，现在是 14 位，请核对。",
			       "An identity number has 18 characters; this has 14. Please check it.")},
		{STR("born"), T("月份应在 1 到 12 之间，请核对出生日期。",
				"A month is between 1 and 12. Please check the date of birth.")},
		{STR("wants"), T("请至少选一项。", "Please choose at least one.")},
		{STR("place"), T("请选择户籍所在的乡镇（街道）。",
				 "Please choose the township of your household registration.")},
		{STR("paper"),
		 T("这个文件打不开，请重新拍照或换一个文件。",
		   "This file cannot be opened. Please take the photo again or choose another file.")},
		{STR("reason"), T("请写明申请的理由，一两句话就可以。",
				  "Please say why you apply; a sentence or two is enough.")},
	};
	const struct tpl_choice choices[] = {
		{.value = STR(""), .label = T("请选择", "Please choose")},
		{.value = STR("440111"), .label = T("云溪镇", "Yunxi")},
		{.value = STR("440112"), .label = T("白石街道", "Baishi")},
	};

	const struct tpl_choice means[] = {
		{.value = STR("sms"), .label = T("短信", "Text message")},
		{.value = STR("call"),
		 .label = T("打电话", "A call"),
		 .hint = T("工作日白天，由县残联打给您", "From the county federation, on a working day")},
		{.value = STR("letter"), .label = T("大字版信件", "A letter in large print")},
		{.value = STR("braille"), .label = T("盲文信件", "A letter in braille")},
	};

	tpl_gallery_errors(s->o, &(struct tpl_gallery_errors){
					 .s = &words,
					 .errors = LIST_OF(errors),
					 .choices = LIST_OF(choices),
					 .means = LIST_OF(means),
					 .nid = T("身份证号码", "Identity number"),
					 .phone = T("手机号码", "Mobile number"),
					 .income = T("家庭月收入", "Household income a month"),
					 .yuan = T("元", "yuan"),
					 .born = T("出生日期", "Date of birth"),
					 .paper = T("户口簿照片", "Photo of the household register"),
					 .reason = T("申请理由", "Why you apply"),
					 .wants = T("希望怎样通知您？", "How should we tell you?"),
					 .place = T("户籍所在乡镇（街道）", "Township of registration"),
				 });
}

static void
paint_check(shelf *s)
{
	const struct tpl_sample words = {
		.title = T("核对您的申请", "Check your application"),
		.heading = T("提交前，请核对一遍", "Please check before you send it"),
		.small = T("申请人", "Applicant"),
		.more = T(
			"提交后材料会转给县残联，十五个工作日内答复。",
			"It then goes to the county federation, which answers within fifteen working days."),
		.lead = T("提交即表示以上内容属实。写错了也不要紧，受理前都可以修改。",
			  "By sending it you state that it is true. A mistake is no trouble: you can change "
			  "it until it is accepted."),
		.action = T("提交申请", "Send the application"),
		.other = T("暂不提交", "Not yet"),
	};
	const struct tpl_answer answers[] = {
		{.key = T("姓名", "Name"),
		 .value = STR("阿依古丽·买买提"),
		 .source = T("来自公安人口信息，今天核对", "From the police register, checked today"),
		 .wrong = STR("/me/record/corrections?field=name")},
		{.key = T("身份证号码", "Identity number"),
		 .value = STR("440101********002X"),
		 .source = T("来自公安人口信息，今天核对", "From the police register, checked today"),
		 .wrong = STR("/me/record/corrections?field=nid")},
		{.key = T("残疾类别", "Kind of disability"),
		 .value = T("听力残疾", "Hearing"),
		 .change = STR("/applications/1/category")},
		{.key = T("家庭住址", "Address"),
		 .value = T("广东省广州市云溪区白石街道幸福里 12 号 3 单元 201",
			    "Room 201, entrance 3, 12 Xingfuli, Baishi, Yunxi, Guangzhou, Guangdong"),
		 .change = STR("/applications/1/address")},
		{.key = T("希望怎样通知", "How to tell you"),
		 .value = T("短信和大字版信件", "Text message and a large-print letter"),
		 .change = STR("/applications/1/contact")},
		{.key = T("补贴标准", "Allowance"), .value = T("每月 180.00 元", "180.00 yuan a month")},
	};

	tpl_gallery_check(s->o, &(struct tpl_gallery_check){.s = &words, .answers = LIST_OF(answers)});
}

static void
paint_tasks(shelf *s)
{
	const struct tpl_sample words = {
		.title = T("申领残疾人证", "Apply for a certificate"),
		.heading = T("申领残疾人证", "Apply for a certificate"),
		.small = T("提醒", "Please note"),
		.more = T("您 11 月 3 日开始填写，内容已存好，可以随时接着填。",
			  "You began on 3 November. All is saved; go on whenever you like."),
		.lead = T("已完成 2 项，共 5 项。", "2 of 5 parts are done."),
		.other = T("不办了，撤回", "Withdraw it"),
	};
	const struct tpl_task tasks[] = {
		{.title = T("申请人信息", "About you"),
		 .href = STR("/applications/1/person"),
		 .status = T("已完成", "Done")},
		{.title = T("残疾类别", "Kind of disability"),
		 .href = STR("/applications/1/category"),
		 .status = T("已完成", "Done")},
		{.title = T("家庭住址和联系方式", "Address and contact"),
		 .href = STR("/applications/1/address"),
		 .status = T("进行中", "In progress"),
		 .colour = STR("blue")},
		{.title = T("照片和材料", "Photo and papers"),
		 .hint = T("一张两寸照片，户口簿照片；可以以后补交",
			   "One portrait and the household register; later is fine too"),
		 .href = STR("/applications/1/papers"),
		 .status = T("未开始", "Not started"),
		 .colour = STR("grey")},
		{.title = T("核对并提交", "Check and send"),
		 .hint = T("前面四项填完后就可以提交", "Opens when the four parts above are done"),
		 .status = T("暂不能开始", "Cannot begin yet"),
		 .colour = STR("yellow")},
	};

	tpl_gallery_tasks(s->o, &(struct tpl_gallery_tasks){.s = &words, .tasks = LIST_OF(tasks)});
}

static void
paint_receipt(shelf *s)
{
	const struct tpl_sample words = {
		.title = T("申请已提交", "Your application is in"),
		.heading = T("申请已提交", "Your application is in"),
		.small = T("办件号", "Case number"),
		.more = T("接下来", "What happens now"),
		.lead = T("云溪县残联会在下面这一天之前答复您，并发短信到您的手机。",
			  "The Yunxi county federation answers, and sends you a text message, no later than"),
		.action = T("查看办理进度", "See how far it is"),
		.other = T("打印回执", "Print this receipt"),
	};

	tpl_gallery_receipt(s->o, &(struct tpl_gallery_receipt){.s = &words,
								.number = STR("ZC26110048273"),
								.day = date_from_ymd(2026, 12, 11)});
}

enum { ROWS = 12 };

static void
paint_rows(shelf *s, bool compact)
{
	const struct tpl_sample words = {
		.title = T("待办", "To do"),
		.heading = T("待办", "To do"),
		.small = T("姓名、办件号或证号", "Name, case or certificate number"),
		.action = T("筛选", "Filter"),
		.lead = T("共 412 件，其中 3 件已超期，9 件今天到期。",
			  "412 cases; 3 are overdue and 9 are due today."),
		.more = T("我的待办，按到期日排列", "My cases by due date"),
		.other = T("办件号", "Case"),
	};
	const struct tpl_crumb crumbs[] = {{T("工作台", "Desk"), STR("/desk")}, {T("待办", "To do"), {0}}};
	const struct tpl_column columns[] = {
		{.label = T("办件号", "Case")},
		{.label = T("申请人", "Applicant")},
		{.label = T("事项", "Matter"), .sort = STR("?sort=matter")},
		{.label = T("地区", "Place")},
		{.label = T("到期日", "Due"), .sort = STR("?sort=-due"), .sorted = STR("ascending")},
		{.label = T("状态", "State")},
		{.label = T("金额（元）", "Yuan"), .sort = STR("?sort=amount"), .number = true},
	};
	const str who[] = {STR("张某某"), STR("阿依古丽·买买提"), STR("𠮷某"), STR("欧阳某某")};
	const str matter[] = {T("残疾人证首次申领", "First certificate"), T("护理补贴", "Care allowance"),
			      T("家庭无障碍改造", "Home adaptation")};
	const str place[] = {T("云溪镇", "Yunxi"), T("白石街道", "Baishi")};
	const str state[] = {T("超期 2 天", "2 days overdue"), T("今天到期", "Due today"),
			     T("审核中", "Under review"), T("待评定", "To be assessed")};
	static const str colour[] = {STR("red"), STR("orange"), STR("blue"), STR("grey")};
	const struct tpl_choice stages[] = {
		{.value = STR("open"), .label = T("全部未办结", "All open"), .checked = true},
		{.value = STR("late"), .label = T("超期", "Overdue")}};
	const struct tpl_kept kept[] = {{STR("stage"), STR("open")}};
	struct tpl_gallery_row rows[ROWS];

	for (int i = 0; i < ROWS; i++)
		rows[i] = (struct tpl_gallery_row){
			.number = str_fmt(s->o->b->a, "ZC2611004%04d", 8273 + 37 * i),
			.who = who[i % 4],
			.matter = matter[i % 3],
			.place = place[i % 2],
			.due = date_from_ymd(2026, 11, 20 + i / 2),
			.state = state[MIN(i / 2, 3)],
			.colour = colour[MIN(i / 2, 3)],
			.fen = 18000 + 123456 * (i % 5)};
	tpl_gallery_list(s->o, &(struct tpl_gallery_list){
				       .s = &words,
				       .crumbs = LIST_OF(crumbs),
				       .columns = LIST_OF(columns),
				       .rows = {rows, ROWS},
				       .stages = LIST_OF(stages),
				       .links = page_links(s->o->b->a, 7, 21),
				       .kept = LIST_OF(kept),
				       .compact = compact,
				       .stage = T("办理阶段", "Stage"),
			       });
}

static void
paint_list(shelf *s)
{
	paint_rows(s, false);
}

static void
paint_compact(shelf *s)
{
	paint_rows(s, true);
}

static void
paint_case(shelf *s)
{
	const struct tpl_sample words = {
		.title = T("办件详情", "Case"),
		.heading = T("张某某：残疾人证首次申领", "Zhang: first certificate"),
		.small = T("已保存", "Saved"),
		.more = T("评定结论已登记，下一步是公示。",
			  "The assessment is recorded; next comes public notice."),
		.action = T("公示中", "On notice"),
		.lead = T("申请内容", "Application"),
		.other = T("办理进度", "Progress"),
	};
	const struct tpl_crumb crumbs[] = {{T("工作台", "Desk"), STR("/desk")},
					   {T("办件", "Cases"), STR("/desk/cases")},
					   {T("办件详情", "Case"), {0}}};
	const struct tpl_answer answers[] = {
		{.key = T("类别和等级", "Category and grade"),
		 .value = T("肢体残疾二级", "Limbs and body, grade two"),
		 .source = T("市人民医院，2026-11-12 评定", "City hospital, assessed 2026-11-12")},
		{.key = T("家庭状况", "Household"),
		 .value = T("最低生活保障", "Minimum income support"),
		 .source = T("来自民政，2026-11-01 起", "From civil affairs, since 2026-11-01"),
		 .wrong = STR("/desk/matches/9")},
		{.key = T("联系电话", "Telephone"),
		 .value = STR("138****0000"),
		 .change = STR("/desk/cases/1/phone")},
	};
	const struct tpl_step steps[] = {
		{T("提交申请", "Sent"),
		 date_from_ymd(2026, 11, 3),
		 T("本人", "By the applicant"),
		 {0},
		 STR("done")},
		{T("县残联受理", "Accepted"),
		 date_from_ymd(2026, 11, 5),
		 T("云溪县残联 受理岗", "Yunxi county federation, intake"),
		 {0},
		 STR("done")},
		{T("评定", "Assessed"),
		 date_from_ymd(2026, 11, 12),
		 T("市人民医院 两名评定医生", "City hospital, two doctors"),
		 {0},
		 STR("done")},
		{T("公示", "Public notice"), date_from_ymd(2026, 11, 18), T("云溪镇", "Yunxi township"),
		 T("公示五个工作日，有异议可以在本页提出。",
		   "For five working days; an objection can be made on this page."),
		 STR("now")},
		{T("审批和制证", "Approval and card"), DATE_NONE, T("云溪县残联", "Yunxi county federation"),
		 T("通常需要五个工作日。", "Usually five working days."), STR("next")},
		{T("领证", "Collect the card"),
		 DATE_NONE,
		 {0},
		 T("到窗口领取，或者邮寄到家。", "At the counter, or by mail to your home."),
		 STR("next")},
	};

	tpl_gallery_case(s->o, &(struct tpl_gallery_case){.s = &words,
							  .number = STR("ZC26110048273"),
							  .crumbs = LIST_OF(crumbs),
							  .steps = LIST_OF(steps),
							  .answers = LIST_OF(answers)});
}

str
gallery_page(arena *a, str name, gallery_look look)
{
	static paint *const painters[] = {paint_home,  paint_question, paint_errors,
					  paint_check, paint_tasks,    paint_receipt,
					  paint_list,  paint_compact,  paint_case};
	buf b = buf_in(a);
	html_out o = {.b = &b, .lang = look.lang, .csrf = STR("c"), .request_key = STR("k")};
	shelf own = {.o = &o, .en = look.lang == MSG_EN}, *s = &own;
	const struct tpl_nav_link nav[] = {
		{STR("/desk/tasks"), T("待办", "To do"), true},
		{STR("/desk/cases"), T("办件", "Cases"), false},
		{STR("/desk/notices"), T("公示", "Notices"), false},
		{STR("/desk/payments"), T("发放", "Payments"), false},
		{STR("/desk/people"), T("名册", "Register"), false},
		{STR("/insight"), T("统计", "Figures"), false},
	};
	const struct tpl_page page = {
		.site = T("云溪县残疾人联合会", "Yunxi County Disabled Persons’ Federation"),
		.home = STR("/"),
		.path = STR("/gallery"),
		.text_size = look.text_size,
		.contrast = look.contrast,
		.nav = LIST_OF(nav),
		.who = T("李晓梅（县残联 受理岗）", "Li Xiaomei (intake)"),
		.account = STR("/desk/account"),
		.sign_out = STR("/sign-out"),
		.acting = str_eq(name, STR("tasks"))
				  ? T("您正在为 张某某 办理（父亲，全部事项，至 2027 年 3 月 1 日）",
				      "You are acting for Mr Zhang (father, all matters, until 1 March 2027)")
				  : (str){0},
	};
	size_t i = 0;

	o.page = &page;
	while (gallery_names[i] && !str_eq(name, str_of(gallery_names[i])))
		i++;
	BUG_ON(!gallery_names[i]);
	painters[i](s);
	return buf_str(&b);
}
