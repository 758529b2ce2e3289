"""What the demo city's story does not have: problems registered late, opened again, taken from their handler, pushed
down to a township, taken over from earlier records. One step a line: problem, instant, who, action and options."""

# Whoever acts: the office's director, somebody of the office who checks, two departments, a township.
STEPS = """
line   06-10T09:00 director register village 2024-06-01
line   06-10T10:00 director judge --category infrastructure --difficulty general --tier township
line   06-10T11:00 director assign --unit FIRST
line   06-10T14:00 first acknowledge
line   06-12T10:00 first feedback
line   06-14T10:00 first claim --outcome solved --evidence 照片
line   06-19T10:00 director answer --leg 2
line   06-20T10:00 office verify --yes
line   06-28T10:00 office return_visit --rating dissatisfied
line   06-29T10:00 director suspend --basis 规则
line   07-02T10:00 director resume
line   07-02T11:00 first ask_extension --until 2024-07-20
line   07-02T12:00 director decide_extension --yes
line   07-03T10:00 director withdraw
line   07-04T10:00 director assign --unit SECOND
line   07-05T10:00 second claim --outcome partly --evidence 照片
pushed 06-11T09:00 director register enterprise 2024-06-02
pushed 06-11T10:00 director judge --category finance --difficulty individual --tier county_office
pushed 06-11T11:00 director assign --unit TOWNSHIP --pushed-down 就近办理
pushed 06-11T15:00 township acknowledge
pushed 06-11T16:00 township object
pushed 06-12T10:00 director rule_objection --yes
pushed 06-13T10:00 director assign --unit FIRST --co SECOND
pushed 06-17T10:00 first feedback
pushed 06-18T10:00 first claim --outcome explained --evidence 说明
pushed 06-19T10:00 office verify --yes
pushed 06-28T10:00 office return_visit --rating satisfied
pushed 06-28T11:00 director close
pushed 07-08T10:00 director reopen
pushed 07-09T10:00 director judge --category legal --difficulty complex --tier city_office
pushed 07-10T10:00 director assign --unit SECOND
pushed 07-15T10:00 director shelve --why funds --until 2024-09-01
pushed 07-20T10:00 director unshelve
pushed 07-22T10:00 director assign --unit SECOND
pushed 07-23T10:00 director escalate --tried 协调
longer 06-12T09:00 director register village 2024-06-12
longer 06-12T10:00 director judge --category safety --difficulty general --tier paired
longer 06-12T11:00 director assign --unit FIRST
longer 06-12T14:00 first acknowledge
longer 06-12T15:00 first object
longer 06-12T16:00 director rule_objection --no-yes
longer 06-13T11:00 first ask_extension --until 2024-07-03
longer 06-14T11:00 director decide_extension --yes
longer 07-05T12:00 director withdraw
longer 07-08T11:00 director assign --unit SECOND
parked 06-13T09:00 director register village 2024-06-03
parked 06-13T10:00 director judge --category disputes --difficulty general --tier township
parked 06-13T11:00 director assign --unit FIRST
parked 06-15T11:00 first claim --outcome solved --evidence 照片
parked 06-25T11:00 director shelve --why season --until 2024-08-01
parked 07-09T11:00 director unshelve
parked 07-11T11:00 director assign --unit FIRST
higher 06-14T09:00 director register village 2024-06-04
higher 06-14T10:00 director judge --category disputes --difficulty complex --tier township
higher 06-14T11:00 director assign --unit FIRST
higher 06-15T11:00 first claim --outcome solved --evidence 照片
higher 06-26T11:00 director escalate --tried 协调
lonely 06-14T09:30 director register village 2024-06-14
lonely 06-14T10:30 director judge --category disputes --difficulty general
lonely 06-14T11:30 director assign --unit FIRST
lonely 06-15T11:30 first claim --outcome solved --evidence 照片
lonely 06-27T11:00 director withdraw --leg 2
still  06-17T09:00 director register enterprise 2024-06-17
still  06-17T10:00 director judge --category land --difficulty major --tier county_office
still  06-17T11:00 director assign --unit FIRST
still  06-18T11:00 first plan --step 第一步|甲|2024-08-15
still  06-19T11:00 director decide_plan --yes
still  06-20T11:00 director suspend --basis 规则
still  07-30T11:00 director refer --lane legal --to 法院
still  08-05T11:00 director answer_referral
twin   06-18T09:00 director register enterprise 2024-06-05
twin   06-18T10:00 director merge --into still
twin   07-12T10:00 director unmerge
twin   07-13T10:00 director decline --instead 诉讼
twin   07-16T10:00 director reopen
flood  07-01T09:00 director register village 2024-06-30
flood  07-01T10:00 director judge --category flood_relief --difficulty major --tier city_government
flood  07-02T10:00 director assign --unit SECOND
flood  07-24T10:00 director shelve --why policy --until 2024-10-01
"""

# Found in the past, and known from today on.
PAST = """track,title,concerns,found_on,category,unit,judged,assigned,due,claimed,closed,outcome,evaluation
village,补录甲,VILLAGE,2022-03-01,infrastructure,FIRST,2022-03-02,2022-03-03,2022-03-10,2022-03-09,2022-03-12,solved,satisfied
village,补录乙,VILLAGE,2022-03-02,infrastructure,,2022-03-05,2022-03-07,2022-03-14,2022-03-20,2022-03-21,partly,dissatisfied
village,补录丙,VILLAGE,2022-03-03,safety,SECOND,2022-03-10,2022-03-12,2022-03-19,,,,
enterprise,补录丁,ENTERPRISE,2022-03-04,legal,FIRST,2022-03-10,,2022-03-25,2022-03-24,,explained,
enterprise,补录辛,ENTERPRISE,2022-03-05,finance,FIRST,2022-03-10,2022-03-11,,,,,
enterprise,补录戊,ENTERPRISE,2021-12-20,finance,,,,,,2022-01-15,declined,
enterprise,补录己,ENTERPRISE,2021-12-21,finance,,2021-12-25,,,,,,
enterprise,补录庚,ENTERPRISE,2021-12-22,,,,,,,,,
"""
