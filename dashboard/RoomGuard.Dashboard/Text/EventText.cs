using RoomGuard.Core.Carrying;
using RoomGuard.Core.Cases;
using RoomGuard.Core.Climate;
using RoomGuard.Core.Contractors;
using RoomGuard.Core.Doors;
using RoomGuard.Core.Equipment;
using RoomGuard.Core.HandRegister;
using RoomGuard.Core.Keys;
using RoomGuard.Core.Operators;
using RoomGuard.Core.Panels;
using RoomGuard.Core.Patterns;
using RoomGuard.Core.People;
using RoomGuard.Core.PolicyProfiles;
using RoomGuard.Core.Power;
using RoomGuard.Core.PresenceLists;
using RoomGuard.Core.Record;
using RoomGuard.Core.Visits;
using RoomGuard.Core.Watch;
using RoomGuard.Core.Work;
using RoomGuard.Core.Zones;

namespace RoomGuard.Dashboard.Text;

/// <summary>Every kind of the record in one line.</summary>
public static class EventText
{
    private static readonly Dictionary<Type, Sign> Signs = new()
    {
        [typeof(EntryGranted)] = new("○", new("入室許可", "Entry granted"), "ok"),
        [typeof(EntryDenied)] = new("×", new("拒否", "Refused"), "crit"),
        [typeof(FactorAwaited)] = new("△", new("二要素待ち", "Second factor awaited"), "quiet"),
        [typeof(ExitBadged)] = new("○", new("退室", "Exit"), "quiet"),
        [typeof(ExitByButton)] = new("○", new("退室釦", "Exit button"), "quiet"),
        [typeof(DoorOpened)] = new("□", new("開扉", "Door opened"), "quiet"),
        [typeof(DoorClosed)] = new("○", new("閉扉", "Door closed"), "quiet"),
        [typeof(GrantUnused)] = new("―", new("未開扉", "Granted, not opened"), "quiet"),
        [typeof(DoorForced)] = new("■", new("こじ開け", "Door forced"), "crit"),
        [typeof(DoorHeldOpen)] = new("▲", new("開放超過", "Door held open"), "high"),
        [typeof(DoorUnknown)] = new("―", new("扉状態不明", "Door state unknown"), "stale"),
        [typeof(RepeatedRefusals)] = new("▲", new("連続拒否", "Repeated refusals"), "high"),
        [typeof(LostCardUsed)] = new("■", new("紛失カード使用", "Lost card used"), "crit"),
        [typeof(CardUnreadable)] = new("×", new("読取不良", "Card unreadable"), "quiet"),
        [typeof(PersonEntered)] = new("○", new("入室", "Entered"), "ok"),
        [typeof(PersonLeft)] = new("○", new("退室", "Left"), "quiet"),
        [typeof(PresenceMismatch)] = new("●", new("在室不一致", "Presence mismatch"), "warn"),
        [typeof(ZoneVacant)] = new("○", new("無人", "Zone vacant"), "quiet"),
        [typeof(ZoneOccupied)] = new("○", new("在室あり", "Zone occupied"), "quiet"),
        [typeof(ZoneIntrusion)] = new("■", new("侵入の疑い", "Possible intrusion"), "crit"),
        [typeof(ReaderReported)] = new("●", new("読取装置の状態", "Reader condition"), "quiet"),
        [typeof(ReaderKeyChanged)] = new("○", new("読取装置の鍵の変更", "Reader key changed"), "quiet"),
        [typeof(GrantListApplied)] = new("○", new("許可一覧の反映", "Grant list in force"), "quiet"),
        [typeof(GrantListRefused)] = new("×", new("許可一覧の受取拒否", "Grant list refused"), "high"),
        [typeof(SuspensionApplied)] = new("●", new("停止の反映", "Suspension in force"), "quiet"),
        [typeof(LockdownApplied)] = new("◆", new("区域封鎖の反映", "Lockdown in force or over"), "warn"),
        [typeof(JournalStarted)] = new("○", new("制御盤の起動", "Bridge started"), "quiet"),
        [typeof(JournalGap)] = new("▲", new("記録できなかった期間", "Time without record"), "high"),
        [typeof(ClockStep)] = new("●", new("時計の飛び", "Clock stepped"), "warn"),
        [typeof(RecordStarted)] = new("○", new("サービスの起動", "Service started"), "quiet"),
        [typeof(ReportHole)] = new("■", new("記録欠落", "Record incomplete"), "crit"),
        [typeof(PanelEnrolled)] = new("○", new("制御盤の登録", "Bridge enrolled"), "quiet"),
        [typeof(PanelSeen)] = new("○", new("制御盤の通信復旧", "Bridge is back"), "quiet"),
        [typeof(PanelLost)] = new("―", new("制御盤の通信断", "Bridge lost"), "high"),
        [typeof(GrantListPublished)] = new("○", new("許可一覧の発行", "Grant list published"), "quiet"),
        [typeof(SuspensionOrdered)] = new("●", new("停止の指示", "Suspension ordered"), "warn"),
        [typeof(LockdownOrdered)] = new("◆", new("区域封鎖の指示・解除", "Lockdown ordered or lifted"), "warn"),
        [typeof(PersonRecorded)] = new("○", new("人の登録・変更", "Person recorded"), "quiet"),
        [typeof(CredentialRecorded)] = new("○", new("カードの登録・変更", "Card recorded"), "quiet"),
        [typeof(GrantRecorded)] = new("○", new("入室許可の登録・変更", "Grant recorded"), "quiet"),
        [typeof(GrantEnded)] = new("―", new("入室許可の終了", "Grant ended"), "quiet"),
        [typeof(ImportApplied)] = new("○", new("名簿の取込み", "List imported"), "quiet"),
        [typeof(RoomOrdered)] = new("●", new("区域への指示", "Order to the rooms"), "quiet"),
        [typeof(RoomOrderApplied)] = new("○", new("区域への指示の反映", "Order to the rooms in force"), "quiet"),
        [typeof(AttentionHandled)] = new("○", new("対応の記録", "Handled"), "quiet"),
        [typeof(RecordExported)] = new("○", new("記録の書き出し", "Records written out"), "quiet"),

        // Who looked.
        [typeof(RecordsViewed)] = new("○", new("個人の記録の閲覧", "A person's records viewed"), "quiet"),
        [typeof(InvestigationNamed)] = new("●", new("利用状況調査の指名", "Investigation of use named"), "warn"),
        [typeof(InvestigationEnded)] = new("○", new("利用状況調査の終了", "Investigation of use ended"), "quiet"),

        // Operators: accounts and roles.
        [typeof(AccountRecorded)] = new("○", new("操作者アカウントの登録・変更", "Operator account recorded"), "quiet"),
        [typeof(PrivilegeReviewed)] = new("○", new("特権IDの見直し", "Privileged account reviewed"), "quiet"),
        [typeof(RoleHeld)] = new("○", new("役割の付与・変更", "Role given or changed"), "quiet"),
        [typeof(RemoteAccessAllowed)] = new("○", new("外部からのアクセスの許可", "Access from outside allowed"), "quiet"),
        [typeof(RemoteAccessEnded)] = new("―", new("外部からのアクセスの停止", "Access from outside turned off"), "quiet"),
        [typeof(RoleEnded)] = new("―", new("役割の終了", "Role ended"), "quiet"),

        // Cases.
        [typeof(CaseApplied)] = new("○", new("申請", "Applied for"), "quiet"),
        [typeof(CaseDecided)] = new("○", new("申請の決定", "Application decided"), "quiet"),
        [typeof(CaseWithdrawn)] = new("―", new("申請の取下げ", "Application withdrawn"), "quiet"),
        [typeof(CaseLapsed)] = new("―", new("申請の期限切れ", "Application lapsed"), "quiet"),
        [typeof(CaseReminded)] = new("●", new("督促", "Reminder"), "quiet"),
        [typeof(CaseEscalated)] = new("▲", new("上位者への回付", "Passed one level up"), "warn"),
        [typeof(CaseCarriedOut)] = new("○", new("申請の実施", "Application carried out"), "quiet"),
        [typeof(CaseConfirmed)] = new("○", new("確認", "Confirmed"), "quiet"),
        [typeof(CaseReviewed)] = new("○", new("例外措置の定期確認", "Exception reviewed"), "quiet"),
        [typeof(RoleVacant)] = new("■", new("責任者不在", "Role vacant"), "high"),
        [typeof(RoleFilled)] = new("○", new("責任者不在の解消", "Role filled"), "quiet"),
        [typeof(ActRefused)] = new("×", new("権限のない操作の拒否", "Act refused"), "warn"),

        // Signing in.
        [typeof(SignedIn)] = new("○", new("サインイン", "Signed in"), "quiet"),
        [typeof(SignedOut)] = new("―", new("サインアウト", "Signed out"), "quiet"),
        [typeof(SignInFailed)] = new("×", new("サインイン失敗", "Sign-in failed"), "quiet"),
        [typeof(IdentityConfirmed)] = new("○", new("本人の再確認", "Identity confirmed"), "quiet"),
        [typeof(SignInLocked)] = new("▲", new("サインインの停止(連続失敗)", "Sign-in locked after failures"), "high"),
        [typeof(SignInReleased)] = new("○", new("サインイン停止の解除", "Sign-in lock released"), "quiet"),

        // Tokens of the API.
        [typeof(TokenRecorded)] = new("○", new("APIトークンの作成・受取・終了", "API token made, taken or ended"), "quiet"),
        [typeof(TokenUsed)] = new("○", new("APIトークンの利用", "API token used"), "quiet"),
        [typeof(TokenRefused)] = new("×", new("API呼出しの拒否", "API call refused"), "quiet"),

        [typeof(ProofChanged)] = new("●", new("本人確認手段の変更", "Proof of identity changed"), "quiet"),
        [typeof(SiteSetUp)] = new("○", new("初期設定の完了", "First set-up done"), "quiet"),

        // The site: names, zones and doors.
        [typeof(SiteNamed)] = new("○", new("団体・施設名の登録", "Site named"), "quiet"),
        [typeof(ZoneRegistered)] = new("○", new("管理区域の登録・変更・廃止", "Zone registered, changed or taken out"), "quiet"),
        [typeof(DoorRegistered)] = new("○", new("扉の登録・変更・廃止", "Door registered, changed or taken out"), "quiet"),
        [typeof(SiteChangeAsked)] = new("●", new("区域・扉の変更の申請", "Change of a zone or door asked for"), "quiet"),
        [typeof(SiteChangeDecided)] = new("○", new("区域・扉の変更の可否", "Change of a zone or door decided"), "quiet"),
        [typeof(SetUpChecked)] = new("○", new("初期設定の確認", "First set-up checked"), "quiet"),

        // Policy profiles, preconditions and contracts.
        [typeof(ProfileAdopted)] = new("○", new("運用区分の適用", "Policy profile adopted"), "quiet"),
        [typeof(PreconditionMet)] = new("○", new("前提条件の充足", "Precondition met"), "quiet"),
        [typeof(PreconditionWithdrawn)] = new("―", new("前提条件の取消し", "Precondition withdrawn"), "quiet"),
        [typeof(ContractRecorded)] = new("○", new("業務委託契約の登録・変更", "Contract registered or changed"), "quiet"),
        [typeof(ContractEnded)] = new("―", new("業務委託契約の終了", "Contract ended"), "quiet"),
        [typeof(ContractorChecked)] = new("○", new("委託事業者の確認", "Contractor checked"), "quiet"),
        [typeof(BelongingLent)] = new("○", new("貸与品の引渡し", "Thing lent"), "quiet"),
        [typeof(BelongingReturned)] = new("―", new("貸与品の返却", "Thing returned"), "quiet"),
        [typeof(BiometricRecorded)] = new("○", new("生体情報の登録", "Biometric template recorded"), "quiet"),
        [typeof(BiometricDeleted)] = new("―", new("生体情報の削除", "Biometric template deleted"), "quiet"),
        [typeof(LeavingRecorded)] = new("●", new("異動・退職等の登録", "Leaving recorded"), "quiet"),
        [typeof(PersonnelCompared)] = new("○", new("人事情報との照合", "Held against personnel"), "quiet"),
        [typeof(PersonnelDecided)] = new("○", new("相違の決定", "Difference decided"), "quiet"),
        [typeof(LendingSuspected)] = new("▲", new("貸与の疑い", "Lending suspected"), "warn"),
        [typeof(PinHeld)] = new("▲", new("暗証番号の一時停止", "PIN held"), "warn"),
        [typeof(DuressSignalled)] = new("■", new("脅迫の合図", "Duress"), "crit"),

        // Presence, escorts and modes at the doors.
        [typeof(EntryWhileInside)] = new("▲", new("続けての入室", "Entry while inside"), "warn"),
        [typeof(LeftAlone)] = new("▲", new("単独在室", "Alone inside"), "high"),
        [typeof(LeftAloneEnded)] = new("○", new("単独在室の解消", "No longer alone"), "quiet"),
        [typeof(PairAwaited)] = new("△", new("二人目待ち", "Second person awaited"), "quiet"),
        [typeof(EscortMissing)] = new("■", new("付添い不在", "Escort missing"), "crit"),
        [typeof(EscortReturned)] = new("○", new("付添いの復帰", "Escort is back"), "quiet"),
        [typeof(EscortHandedOver)] = new("○", new("付添いの交代", "Escort handed over"), "quiet"),
        [typeof(VisitOverstayed)] = new("▲", new("滞在超過", "Visit overstayed"), "warn"),
        [typeof(ZoneModeChanged)] = new("◆", new("区域の状態の変更", "Area mode changed"), "warn"),
        [typeof(FireReleased)] = new("■", new("火災による開放", "Doors released for fire"), "crit"),
        [typeof(FireRestored)] = new("○", new("火災による開放の終了", "Fire release over"), "quiet"),
        [typeof(FreeHoursBegan)] = new("◇", new("開放時間の開始", "Free hours began"), "quiet"),
        [typeof(FreeHoursEnded)] = new("○", new("開放時間の終了", "Free hours over"), "quiet"),

        // Who is inside, asked and answered.
        [typeof(PresenceAsked)] = new("●", new("在室の訂正の申出", "Correction of presence asked for"), "quiet"),
        [typeof(PresenceAnswered)] = new("●", new("在室の回答", "Presence answered"), "quiet"),
        [typeof(PresenceSettled)] = new("○", new("在室の確認の終了", "Question of presence settled"), "quiet"),

        // The register kept by hand, keys, identity checks, patterns.
        [typeof(HandLineEntered)] = new("○", new("手書きの記載の入力", "Hand-written line entered"), "quiet"),
        [typeof(HandLineDecided)] = new("○", new("手書きの記載の確認", "Hand-written line checked"), "quiet"),
        [typeof(KeyRecorded)] = new("○", new("鍵の登録・変更", "Key registered or changed"), "quiet"),
        [typeof(KeyTaken)] = new("◇", new("鍵の貸出", "Key taken"), "quiet"),
        [typeof(KeyReturned)] = new("○", new("鍵の返却", "Key returned"), "quiet"),
        [typeof(IdentityChecked)] = new("●", new("身分証明書の確認", "Identity checked"), "quiet"),
        [typeof(IdentityCleared)] = new("○", new("身分証明書の確認の解除", "Identity hold lifted"), "quiet"),
        [typeof(PatternNoticed)] = new("●", new("気になる動き", "Pattern noticed"), "warn"),
        [typeof(PatternReviewed)] = new("○", new("気になる動きの判断", "Pattern reviewed"), "quiet"),

        // Visits.
        [typeof(VisitRecorded)] = new("○", new("訪問の承認・変更", "Visit approved or changed"), "ok"),
        [typeof(VisitEnded)] = new("―", new("訪問の終了", "Visit ended"), "quiet"),
        [typeof(VisitorIdentityChecked)] = new("○", new("訪問者の本人確認", "Visitor's identity checked"), "quiet"),
        [typeof(VisitorItemsDeclared)] = new("○", new("持込み品の申告", "Belongings declared"), "quiet"),
        [typeof(VisitorItemsHandedBack)] = new("○", new("預かり品の返却", "Belongings handed back"), "quiet"),
        [typeof(VisitorPreRegistered)] = new("○", new("訪問者の事前登録", "Visitor registered beforehand"), "quiet"),
        [typeof(VisitorBadgeIssued)] = new("○", new("来訪者証の貸与", "Visitor badge handed out"), "ok"),
        [typeof(VisitorBadgeReturned)] = new("○", new("来訪者証の返却", "Visitor badge returned"), "ok"),
        [typeof(VisitorBadgeDied)] = new("▲", new("来訪者証の失効", "Visitor badge dead"), "warn"),
        [typeof(VisitorTurnedAway)] = new("×", new("受付での拒否", "Visitor turned away"), "warn"),
        [typeof(VisitorBadgeRecorded)] = new("●", new("来訪者証の登録・変更", "Visitor badge registered or changed"), "quiet"),
        [typeof(VisitorBarred)] = new("×", new("受付停止の登録", "Visitor barred"), "warn"),
        [typeof(VisitorBarLifted)] = new("○", new("受付停止の解除", "Bar on a visitor lifted"), "quiet"),

        // Power.
        [typeof(OutageBegan)] = new("▲", new("停電", "Power outage"), "high"),
        [typeof(OutageEnded)] = new("○", new("復電", "Mains are back"), "quiet"),
        [typeof(MainsUnsteady)] = new("▲", new("電源不安定", "Mains unsteady"), "high"),
        [typeof(UpsLost)] = new("▲", new("UPS通信断", "No contact with a UPS"), "high"),
        [typeof(UpsFound)] = new("○", new("UPS通信回復", "UPS is back in contact"), "quiet"),
        [typeof(ReserveShort)] = new("■", new("予備電源容量不足", "Reserve power too short"), "crit"),
        [typeof(ReserveEnough)] = new("○", new("予備電源容量の回復", "Reserve power is enough again"), "quiet"),
        [typeof(StageStarted)] = new("■", new("停止順序の段の開始", "Shutdown stage started"), "crit"),
        [typeof(HostStopped)] = new("○", new("機器の停止", "Host stopped"), "quiet"),
        [typeof(StageEnded)] = new("●", new("停止順序の段の終了", "Shutdown stage ended"), "warn"),
        [typeof(ShutdownStopped)] = new("●", new("停止順序の中止", "Shutdown broken off"), "warn"),
        [typeof(ShutdownFinished)] = new("■", new("停止順序の完了", "Shutdown finished"), "crit"),
        [typeof(RestartAllowed)] = new("○", new("再起動可", "May start again"), "ok"),
        [typeof(WebhookAccepted)] = new("○", new("Webhookの受領", "Webhook accepted"), "quiet"),
        [typeof(WebhookGivenUp)] = new("▲", new("Webhookの断念", "Webhook given up"), "high"),
        [typeof(SupplyTroubled)] = new("▲", new("電源異常", "Supply trouble"), "high"),
        [typeof(SupplyRecovered)] = new("○", new("電源異常の解消", "Supply trouble over"), "quiet"),
        [typeof(BatteryTested)] = new("●", new("蓄電池の自己診断", "Battery self-test"), "quiet"),
        [typeof(BatteryDue)] = new("●", new("蓄電池の交換時期", "Battery due"), "warn"),
        [typeof(BatteryInOrder)] = new("○", new("蓄電池の交換時期の解消", "Battery in order"), "quiet"),
        [typeof(PlannedOutageAsked)] = new("●", new("計画停電の登録", "Planned outage registered"), "quiet"),
        [typeof(PlannedOutageDeclined)] = new("―", new("計画停電の取下げ・不同意", "Planned outage not agreed"), "quiet"),
        [typeof(DrillHeld)] = new("◇", new("訓練(停電)", "Drill: power outage"), "quiet"),
        [typeof(UpsCommandAsked)] = new("●", new("UPS操作の依頼", "UPS command asked for"), "quiet"),
        [typeof(UpsCommandDropped)] = new("―", new("UPS操作の取下げ・不承認", "UPS command dropped"), "quiet"),
        [typeof(UpsCommandEnded)] = new("●", new("UPS操作の結果", "UPS command ended"), "quiet"),

        // Alarms and people.
        [typeof(AlarmAcknowledged)] = new("○", new("警報の確認", "Alarm acknowledged"), "ok"),
        [typeof(AlarmShelved)] = new("●", new("警報の一時停止", "Alarm shelved"), "warn"),
        [typeof(AlarmUnshelved)] = new("○", new("一時停止の終了", "Alarm back from its shelf"), "quiet"),
        [typeof(AlarmHandedOver)] = new("○", new("警報の引継ぎ", "Alarm handed over"), "quiet"),
        [typeof(AlarmNoticed)] = new("●", new("警報の通知", "Notice of an alarm"), "quiet"),
        [typeof(AlarmCauseOver)] = new("○", new("警報の原因の解消", "Cause seen to be over"), "quiet"),
        [typeof(AlarmDrilled)] = new("◇", new("訓練(警報)", "Drill: alarm"), "quiet"),
        [typeof(AlarmContactSet)] = new("○", new("連絡先の登録・変更", "Alarm contact changed"), "quiet"),
        [typeof(ContactListSet)] = new("○", new("連絡順の登録・変更", "Order of contacts changed"), "quiet"),
        [typeof(MaintenanceBegan)] = new("◎", new("保守中の開始", "Service began"), "quiet"),
        [typeof(MaintenanceEnded)] = new("○", new("保守中の終了", "Service ended"), "quiet"),

        [typeof(FailureReported)] = new("●", new("障害の届出", "Failure reported"), "warn"),
        [typeof(FailureHandled)] = new("●", new("障害の処理", "Failure handled"), "quiet"),
        [typeof(FailureClosed)] = new("○", new("障害記録の完了", "Failure record closed"), "quiet"),

        // Carrying.
        [typeof(CarryPermitted)] = new("○", new("持出し・持込みの許可", "Carrying permitted"), "ok"),
        [typeof(CarryPassed)] = new("▷", new("持出し・持込みの通過", "Carried past the desk"), "quiet"),
        [typeof(CarryChecked)] = new("○", new("返却品の確認", "Returned thing checked"), "quiet"),
        [typeof(CarryOverdue)] = new("▲", new("返却期限の超過", "Not back in time"), "warn"),
        [typeof(CarryRevoked)] = new("×", new("持出し・持込み許可の取消し", "Carry permit revoked"), "quiet"),
        [typeof(CarryRefused)] = new("×", new("持出し・持込みの拒否", "Carrying refused"), "warn"),
        [typeof(BelongingsDeclared)] = new("○", new("受付での持込み申告", "Belongings declared"), "quiet"),
        [typeof(CarryListed)] = new("●", new("許可媒体・区域に属する物の一覧の変更", "List of allowed things changed"), "quiet"),
        [typeof(SafeguardsSet)] = new("●", new("安全管理措置の制定", "Safeguards set"), "quiet"),

        // Work.
        [typeof(WorkPermitted)] = new("○", new("作業の許可", "Work allowed"), "ok"),
        [typeof(WorkStarted)] = new("●", new("作業開始", "Work begun"), "quiet"),
        [typeof(WorkEnded)] = new("○", new("作業終了", "Work ended"), "quiet"),
        [typeof(WorkChecked)] = new("○", new("作業の確認", "Work confirmed"), "ok"),
        [typeof(WorkAlone)] = new("▲", new("単独作業", "Working alone"), "high"),
        [typeof(WorkAccompanied)] = new("○", new("単独作業の解消", "No longer working alone"), "quiet"),
        [typeof(WorkReminded)] = new("△", new("作業終了の記録の督促", "Work left open"), "warn"),
        [typeof(WorkRefused)] = new("×", new("作業の拒否", "Work refused"), "warn"),

        // Climate.
        [typeof(ClimateRaised)] = new("▲", new("環境の異常", "Climate condition raised"), "high"),
        [typeof(ClimateChanged)] = new("▲", new("環境の異常の変化", "Climate condition changed"), "warn"),
        [typeof(ClimateCleared)] = new("○", new("環境の異常の解消", "Climate condition over"), "quiet"),
        [typeof(ClimateConfirmed)] = new("○", new("環境の正常の確認", "Climate confirmed normal"), "quiet"),
        [typeof(ClimateLimitsAsked)] = new("●", new("限界値の変更の申し出", "Climate limits proposed"), "quiet"),
        [typeof(ClimateLimitsDeclined)] = new("―", new("限界値の変更の取下げ・不同意", "Climate limits not agreed"), "quiet"),
        [typeof(ClimateGap)] = new("▲", new("環境監視の途切れ", "Climate not watched"), "warn"),
        [typeof(SensingPlanApplied)] = new("○", new("測定計画の適用", "Sensing plan in force"), "quiet"),
        [typeof(SensorCalibrated)] = new("●", new("センサーの校正値の適用", "Sensor calibration in force"), "quiet"),
        [typeof(SensorTested)] = new("●", new("センサーの試験", "Sensor self-test"), "quiet"),
        [typeof(StrangerNoticed)] = new("▲", new("未登録機器", "Device not enrolled"), "warn"),
        [typeof(SenderSuspected)] = new("▲", new("不正通信の疑い", "Suspicious traffic"), "high"),
        [typeof(SensorServiced)] = new("△", new("センサーの保守", "Sensor in service"), "quiet"),
        [typeof(SensorEnrolled)] = new("●", new("センサーの登録", "Sensor enrolled"), "quiet"),
        [typeof(SensingOrderRefused)] = new("▲", new("登録・測定計画の不適用", "Order about sensors not followed"), "warn"),
        [typeof(SensingPlanAsked)] = new("●", new("測定計画の変更の申し出", "Sensing plan proposed"), "quiet"),
        [typeof(SensingPlanDeclined)] = new("―", new("測定計画の変更の取下げ・不同意", "Sensing plan not agreed"), "quiet"),

        // Notices, and times without watching.
        [typeof(NoticeSent)] = new("○", new("通知の送信", "Notice sent"), "quiet"),
        [typeof(NoticeGivenUp)] = new("▲", new("通知の断念", "Notice given up"), "high"),
        [typeof(NoticeTested)] = new("◇", new("試験通知の送信依頼", "Test notice asked for"), "quiet"),
        [typeof(WatchGap)] = new("●", new("監視の途切れ", "Time without watching"), "warn"),

        // Equipment.
        [typeof(AssetRecorded)] = new("○", new("機器台帳の登録・変更", "Asset registered or changed"), "quiet"),
        [typeof(AssetClassDecided)] = new("○", new("機器の重要性分類の決定", "Class of an asset decided"), "quiet"),
        [typeof(AssetMaintained)] = new("○", new("定期保守の実施", "Maintenance done"), "quiet"),
        [typeof(AssetHandedOver)] = new("◇", new("媒体・文書の貸出", "Media or document handed over"), "quiet"),
        [typeof(AssetHandedBack)] = new("○", new("媒体・文書の返却", "Media or document handed back"), "quiet"),
        [typeof(AssetMoved)] = new("○", new("機器の所在の変更", "Asset moved"), "quiet"),
        [typeof(AssetInstalled)] = new("○", new("機器の設置の確認", "Asset installed"), "quiet"),
        [typeof(MoveRecorded)] = new("○", new("搬入・搬出の承認", "Move approved"), "quiet"),
        [typeof(MoveImpactChecked)] = new("○", new("搬入の影響確認", "Impact of a move checked"), "quiet"),
        [typeof(MoveStarted)] = new("●", new("搬入・搬出の開始", "Move began"), "quiet"),
        [typeof(MoveItemScanned)] = new("○", new("搬入・搬出の機器の通過", "Item of a move passed"), "quiet"),
        [typeof(WitnessLeft)] = new("▲", new("立会い中断", "Witness left a move"), "high"),
        [typeof(MoveResumed)] = new("●", new("搬入・搬出の再開", "Move resumed"), "quiet"),
        [typeof(MoveCompleted)] = new("○", new("搬入・搬出の完了", "Move completed"), "ok"),
        [typeof(MoveCancelled)] = new("―", new("搬入・搬出の取りやめ", "Move called off"), "quiet"),
        [typeof(StocktakeOpened)] = new("◇", new("棚卸の開始", "Stocktaking opened"), "quiet"),
        [typeof(StockCounted)] = new("○", new("棚卸の計数", "Items counted"), "quiet"),
        [typeof(StocktakeClosed)] = new("○", new("棚卸の計数の終了", "Counting ended"), "quiet"),
        [typeof(StocktakeSentBack)] = new("△", new("棚卸の差戻し", "Stocktaking sent back"), "warn"),
        [typeof(StocktakeConfirmed)] = new("○", new("棚卸の確認", "Stocktaking confirmed"), "ok"),
        [typeof(StocktakeCancelled)] = new("―", new("棚卸の取りやめ", "Stocktaking given up"), "quiet"),
        [typeof(AssetsImported)] = new("○", new("機器台帳の取込み", "Asset list imported"), "quiet"),
    };

    /// <summary>Kinds that have a text; a test compares them with the record's own list.</summary>
    public static IReadOnlyCollection<Type> Kinds => Signs.Keys;

    /// <summary>The sign of an event. A kind without one shows its own name rather than no page at all; a test keeps that from happening.</summary>
    public static Sign Of(RecordedEvent item) =>
        Signs.TryGetValue(item.GetType(), out var sign) ? sign : new("●", new(item.GetType().Name, item.GetType().Name), "quiet");

    /// <summary>The particulars in a few words: reason, cause, condition; null: the title says it all.</summary>
    public static string? Particulars(RecordedEvent item, Ink ink) => item switch
    {
        EntryDenied denied => Reason(denied.Reason, ink.Language),
        DoorClosed closed => ink.For(TimeSpan.FromMilliseconds(closed.OpenMs)),
        DoorHeldOpen held => ink.For(TimeSpan.FromMilliseconds(held.OpenMs)),
        RepeatedRefusals many => ink.Fill(FrameText.Count, many.Count),
        ReaderReported report => $"{report.Reader} {ink[StateText.Of(report.Condition).Word]}",
        ReaderKeyChanged key => key.Reader.Value,
        GrantListApplied list => $"#{list.Version}",
        GrantListPublished list => $"#{list.Version}",
        GrantListRefused list => $"#{list.Version}",
        PanelLost panel => panel.Panel.Value,
        PanelSeen panel => panel.Panel.Value,
        PanelEnrolled panel => panel.Panel.Value,
        ReportHole hole => hole.Panel.Value,
        CredentialRecorded card => card.Credential.Id.Value,
        GrantRecorded grant => grant.Grant.Id.Value,
        GrantEnded grant => grant.Grant.Value,
        AttentionHandled handled => handled.Note,
        RecordsViewed { Purpose.Length: > 0 } viewed => viewed.Purpose,
        InvestigationNamed named => named.Id,
        InvestigationEnded ended => ended.Id,
        AccountRecorded account => account.Account.SignInName,
        PrivilegeReviewed review => review.Account.Value,
        RoleHeld held => held.Holding.Id,

        // The site: names, zones and doors.
        SiteNamed of => $"{of.Organisation} {of.Name}",
        ZoneRegistered of => of.Zone.Id.Value,
        DoorRegistered of => of.Door.Id.Value,
        SiteChangeAsked of => of.Change,
        SiteChangeDecided of => of.Change,
        SetUpChecked of => of.Person.Value,
        RoleEnded ended => ended.Holding,
        RemoteAccessAllowed remote => $"{remote.Remote} {remote.Device}",
        RemoteAccessEnded remote => remote.Remote,
        SignedIn signedIn => signedIn.Account.Value,
        SignedOut signedOut => signedOut.Account.Value,
        SignInFailed failed => failed.Account?.Value,
        IdentityConfirmed confirmed => confirmed.Account.Value,
        SignInLocked locked => locked.Account?.Value,
        SignInReleased released => released.Account.Value,
        TokenRecorded token => token.Token.Id,
        TokenUsed token => $"{token.Token} {token.Operation}",
        TokenRefused token => token.Token ?? token.Source,
        ProofChanged proof => proof.Account.Value,
        ProfileAdopted adopted => $"{adopted.Profile.Profile} {adopted.Profile.Version}",
        PreconditionMet met => met.Precondition.Person.Value,
        PreconditionWithdrawn gone => gone.Person.Value,
        ContractRecorded of => of.Contract.Id.Value,
        ContractEnded of => of.Contract.Value,
        ContractorChecked of => of.Contract.Value,
        BelongingLent of => of.Belonging.Id,
        BelongingReturned of => of.Belonging,
        BiometricRecorded of => of.Biometric.Person.Value,
        BiometricDeleted of => of.Person.Value,
        LeavingRecorded of => of.Person.Value,
        PersonnelCompared of => of.Compare,
        PersonnelDecided of => of.Compare,
        LendingSuspected of => of.Person.Value,
        PinHeld of => of.Credential.Value,
        DuressSignalled of => of.Person.Value,

        // Presence, escorts and modes at the doors.
        EscortMissing of => $"{of.Visit} {ink.For(TimeSpan.FromMilliseconds(of.MissingMs))}",
        EscortReturned of => $"{of.Visit} {ink.For(TimeSpan.FromMilliseconds(of.MissingMs))}",
        EscortHandedOver of => $"{of.Visit} {ink[CasesText.Of(DoorText.Of(of.How))]}",
        VisitOverstayed of => $"{of.Visit} {ink.For(TimeSpan.FromMilliseconds(of.OverMs))}",
        LeftAlone of => ink.For(TimeSpan.FromMilliseconds(of.AloneMs)),
        LeftAloneEnded of => ink.For(TimeSpan.FromMilliseconds(of.AloneMs)),
        EntryWhileInside of => ink[CasesText.Of(DoorText.Of(of.Mode))],
        ZoneModeChanged of => ink[CasesText.Of(DoorText.Of(of.To))],
        FireReleased of => ink.Fill(FrameText.Count, of.RollCall.Length),
        FireRestored of => ink.Fill(FrameText.Count, of.Unverified.Length),
        FreeHoursEnded of => ink[CasesText.Of(DoorText.Of(of.Cause))],
        RecordExported export => ink.Fill(FrameText.Count, export.Count),
        CaseApplied at => at.Case.Value,
        CaseDecided at => at.Case.Value,
        CaseWithdrawn at => at.Case.Value,
        CaseLapsed at => at.Case.Value,
        CaseReminded at => at.Case.Value,
        CaseEscalated at => at.Case.Value,
        CaseCarriedOut at => at.Case.Value,
        CaseConfirmed at => at.Case.Value,
        CaseReviewed at => at.Case.Value,
        ActRefused at => at.Operation,

        // Orders to the rooms, and who is inside.
        RoomOrdered at => OrderText.Of(at.Order, ink),
        RoomOrderApplied at => OrderText.Of(at.Order, ink),
        PresenceAsked at => at.Reason,
        PresenceAnswered at => ink[PresenceText.Of(at.Answer)],
        PresenceSettled at => at.Reason,

        // The register kept by hand, keys, identity checks, patterns.
        HandLineEntered of => of.Line.Id,
        HandLineDecided of => of.Line,
        KeyRecorded of => of.Key.No,
        KeyTaken of => $"{of.Loan.Key} {of.Loan.Id}",
        KeyReturned of => $"{of.Key} {of.Loan}",
        IdentityChecked of => ink[IdentityText.Of(of.Outcome).Word],
        IdentityCleared of => of.Check,
        PatternNoticed of => ink[PatternText.Of(of.Kind)],
        PatternReviewed of => ink[PatternText.Of(of.Verdict).Word],

        // Notices, and times without watching.
        NoticeSent of => $"{of.Notice} {of.Contact} · {of.Channel} · {In(NoticeText.Of(of.Kind), ink)} {In(AlarmText.Of(of.Cause), ink)}",
        NoticeGivenUp of => $"{of.Notice} {of.Contact} · {of.Channel} · {In(NoticeText.Of(of.Kind), ink)} · {of.Why}",
        NoticeTested of => $"{of.Notice} {of.Contact} · {of.Channel}",
        WatchGap of => $"{ink.Stamp(of.From)} 〜 {ink.Stamp(of.To)} {In(NoticeText.Of(of.Cause), ink)}",

        VisitRecorded of => of.Visit.Id.Value,
        VisitEnded of => of.Visit.Value,
        VisitorIdentityChecked of => ink[IdentityText.Of(of.Outcome).Word],
        VisitorItemsDeclared of => of.Items.IsEmpty ? ink[FrameText.None] : string.Join(", ", of.Items.Select(item => $"{item.Name} {item.Count}")),
        VisitorItemsHandedBack of => of.Visitor.Value,
        VisitorPreRegistered of => of.Visitor.Value,
        VisitorBadgeIssued of => of.BadgeNo,
        VisitorBadgeReturned of => of.BadgeNo,
        VisitorBadgeDied of => of.BadgeNo,
        VisitorTurnedAway of => In(VisitText.Of(of.Cause), ink),
        VisitorBadgeRecorded of => of.Badge.No,
        VisitorBarred of => of.Bar.Id,
        VisitorBarLifted of => of.Bar,

        // Alarms and people.
        AlarmAcknowledged of => $"{of.Alarm} {of.Note}",
        AlarmShelved of => $"{of.Alarm} {of.Reason}",
        AlarmUnshelved of => of.Alarm,
        AlarmHandedOver of => of.Alarm,
        AlarmNoticed of => $"{of.Alarm} {In(AlarmText.Of(of.Cause), ink)}: {string.Join(", ", of.Contacts)}",
        AlarmCauseOver of => In(AlarmKinds.Of(of.Kind).Title, ink),
        AlarmDrilled of => of.Purpose,
        AlarmContactSet of => of.Contact.Id,
        ContactListSet of => of.List.Key,
        MaintenanceBegan of => $"{of.Id} {of.What}",
        MaintenanceEnded of => $"{of.Id} {of.Result}",
        FailureReported of => $"{of.Device} {of.Symptom}",
        FailureHandled of => $"{of.Failure} {of.Handling}",
        FailureClosed of => $"{of.Failure} {of.Result}",

        // Equipment.
        AssetRecorded of => $"{of.Asset.Tag} {of.Asset.Name}",
        AssetClassDecided of => $"{of.Tag} {In(ZoneText.Of(of.Importance), ink)}",
        AssetMaintained of => $"{of.Tag} {of.Result}",
        AssetHandedOver of => $"{of.Tag} {Ink.Date(of.DueOn)}",
        AssetHandedBack of => $"{of.Tag}",
        AssetMoved of => $"{of.Tag} {of.Move}",
        AssetInstalled of => $"{of.Tag} {of.Move}",
        MoveRecorded of => $"{of.Move.Id} {string.Join(", ", of.Move.Plan.Items.Select(item => item.Tag))}",
        MoveImpactChecked of => $"{of.Move} {In(EquipmentText.Of(of.Result), ink)}",
        MoveStarted of => of.Move.Value,
        MoveItemScanned of => $"{of.Move} {of.Tag}",
        WitnessLeft of => of.Move.Value,
        MoveResumed of => of.Move.Value,
        MoveCompleted of => of.Move.Value,
        MoveCancelled of => $"{of.Move} {of.Reason}",
        StocktakeOpened of => $"{of.Stocktake} {of.Expected.Length}",
        StockCounted of => $"{of.Stocktake} {string.Join(", ", of.Reads.Take(3).Select(read => read.Code))}{(of.Reads.Length > 3 ? " …" : "")}",
        StocktakeClosed of => $"{of.Stocktake} {StocktakesText.SumOf(of.Result, ink)}",
        StocktakeSentBack of => $"{of.Stocktake} {of.Reason}",
        StocktakeConfirmed of => $"{of.Stocktake} {StocktakesText.SumOf(of.Result, ink)}",
        StocktakeCancelled of => $"{of.Stocktake} {of.Reason}",
        AssetsImported of => $"{of.FileName} +{of.Added} △{of.Changed}",

        // Carrying.
        CarryPermitted of => of.Permit.Id.Value,
        CarryPassed of => $"{of.Permit} {In(CarryText.Of(of.Passage), ink)}",
        CarryChecked of => $"{of.Permit} {In(CarryText.Of(of.Result), ink)}",
        CarryOverdue of => of.Permit.Value,
        CarryRevoked of => $"{of.Permit} {of.Reason}",
        CarryRefused of => $"{of.Item} {CarryRefusalText.Of(of.Reason).Requirement}",
        BelongingsDeclared of => string.Join(", ", of.Items.Select(item => item.Refusal is null ? item.Name : $"{item.Name} ×")),
        CarryListed of => of.Thing.Tag,
        SafeguardsSet of => of.Version,
        WorkPermitted of => of.Work.Id.Value,
        WorkStarted of => of.Work.Value,
        WorkEnded of => $"{of.Work} {In(WorkText.Of(of.Outcome.Result), ink)}",
        WorkChecked of => of.Work.Value,
        WorkAlone of => of.Work.Value,
        WorkAccompanied of => of.Work.Value,
        WorkReminded of => of.Work.Value,
        WorkRefused of => $"{of.Work} {WorkRefusalText.Of(of.Reason).Requirement}".TrimStart(),
        _ => PowerEventText.Particulars(item, ink) ?? ClimateEventText.Particulars(item, ink),
    };

    private static string In(Words words, Ink ink) => ink.Language == Language.Japanese ? words.Ja : words.En;

    /// <summary>拒否理由.</summary>
    public static string Reason(DenyReason reason, Language language) =>
        language == Language.Japanese ? DenyReasonText.Ja(reason) : DenyReasonText.En(reason);
}
