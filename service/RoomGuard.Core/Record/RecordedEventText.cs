using System.Collections.Frozen;

namespace RoomGuard.Core.Record;

/// <summary>The kinds of the record as people read them, by the name under which they are written.</summary>
public static class RecordedEventText
{
    /// <summary>Every kind's words, by its written name.</summary>
    public static FrozenDictionary<string, Words> All { get; } = new Dictionary<string, Words>
    {
        ["door.granted"] = new("入室許可", "Entry granted", "○"),
        ["door.denied"] = new("拒否", "Entry denied", "×"),
        ["door.factor-awaited"] = new("二要素待ち", "Second factor awaited", "△"),
        ["door.exit"] = new("退室", "Exit", "○"),
        ["door.exit-request"] = new("退室釦", "Exit button", "○"),
        ["door.opened"] = new("開扉", "Door opened", "□"),
        ["door.closed"] = new("閉扉", "Door closed", "○"),
        ["door.not-opened"] = new("許可後に開扉なし", "Granted, not opened", "△"),
        ["door.forced"] = new("こじ開け", "Door forced", "■"),
        ["door.held-open"] = new("開放超過", "Door held open", "▲"),
        ["door.unknown"] = new("扉状態不明", "Door state unknown", "―"),
        ["door.repeated-refusals"] = new("連続拒否", "Repeated refusals", "▲"),
        ["door.lost-card-used"] = new("紛失カード使用", "Lost card used", "■"),
        ["door.card-unreadable"] = new("読取不良", "Card unreadable", "△"),
        ["presence.entered"] = new("入室", "Entered", "○"),
        ["presence.left"] = new("退室済", "Left", "○"),
        ["presence.mismatch"] = new("在室不一致", "Presence mismatch", "▲"),
        ["zone.vacant"] = new("無人", "Vacant", "○"),
        ["zone.occupied"] = new("有人", "Occupied", "○"),
        ["zone.intrusion"] = new("侵入の疑い", "Possible intrusion", "■"),
        ["reader.condition"] = new("読取装置の状態", "Reader condition"),
        ["reader.key-changed"] = new("読取装置の鍵変更", "Reader key changed"),
        ["list.applied"] = new("許可一覧の適用", "Grant list in force", "○"),
        ["list.refused"] = new("許可一覧の不受理", "Grant list refused", "■"),
        ["suspension.applied"] = new("停止の適用", "Suspension in force", "○"),
        ["lockdown.applied"] = new("区域封鎖の適用", "Lockdown in force", "◆"),
        ["journal.started"] = new("扉の制御装置の起動", "Bridge started"),
        ["journal.gap"] = new("記録できなかった時間", "Time without record", "■"),
        ["clock.stepped"] = new("時計の変更", "Clock stepped", "●"),
        ["record.started"] = new("サービスの起動", "Service started"),
        ["panel.hole"] = new("記録欠落", "Missing reports", "■"),
        ["panel.enrolled"] = new("扉の制御装置の登録", "Bridge enrolled"),
        ["panel.seen"] = new("通信復旧", "Link restored", "○"),
        ["panel.lost"] = new("通信断", "Link lost", "―"),
        ["list.published"] = new("許可一覧の発行", "Grant list published"),
        ["suspension.ordered"] = new("停止の指示", "Suspension ordered"),
        ["lockdown.ordered"] = new("区域封鎖の指示", "Lockdown ordered", "◆"),
        ["person.recorded"] = new("人の登録・変更", "Person registered or changed"),
        ["credential.recorded"] = new("カードの登録・変更", "Card registered or changed"),
        ["grant.recorded"] = new("入室許可の登録・変更", "Grant given or changed"),
        ["grant.ended"] = new("入室許可の終了", "Grant ended"),
        ["people.imported"] = new("一覧の取込み", "List imported"),
        ["record.exported"] = new("記録の書き出し", "Records exported"),
        ["room.ordered"] = new("区域への指示", "Order to the rooms"),
        ["room.order-applied"] = new("区域への指示の適用", "Order to the rooms in force", "○"),
        ["attention.handled"] = new("処置済", "Dealt with", "○"),

        // Who looked.
        ["record.viewed"] = new("個人の記録の閲覧", "A person's records viewed"),
        ["investigation.named"] = new("利用状況調査の指名", "Investigation of use named"),
        ["investigation.ended"] = new("利用状況調査の終了", "Investigation of use ended"),

        // Operators: accounts and roles.
        ["account.recorded"] = new("操作者アカウントの登録・変更", "Operator account made or changed"),
        ["account.privilege-reviewed"] = new("特権IDの見直し", "Privileged account reviewed", "○"),
        ["role.held"] = new("役割の付与・変更", "Role given or changed"),
        ["remote-access.allowed"] = new("外部からのアクセスの許可", "Access from outside allowed"),
        ["remote-access.ended"] = new("外部からのアクセスの停止", "Access from outside turned off"),
        ["role.ended"] = new("役割の終了", "Role ended"),

        // Cases.
        ["case.applied"] = new("申請", "Applied for"),
        ["case.decided"] = new("申請の決定", "Application decided"),
        ["case.withdrawn"] = new("申請の取下げ", "Application withdrawn", "―"),
        ["case.lapsed"] = new("申請の期限切れ", "Application lapsed", "―"),
        ["case.reminded"] = new("督促", "Reminder"),
        ["case.escalated"] = new("上位者への回付", "Passed one level up", "▲"),
        ["case.carried-out"] = new("申請の実施", "Application carried out", "○"),
        ["case.confirmed"] = new("確認", "Confirmed", "○"),
        ["case.reviewed"] = new("例外措置の定期確認", "Exception reviewed"),
        ["role.vacant"] = new("責任者不在", "Role vacant", "■"),
        ["role.filled"] = new("責任者不在の解消", "Role filled", "○"),
        ["act.refused"] = new("権限のない操作の拒否", "Act refused for want of authority", "×"),

        // Signing in.
        ["session.begun"] = new("サインイン", "Signed in", "○"),
        ["session.ended"] = new("サインアウト", "Signed out"),
        ["session.refused"] = new("サインイン失敗", "Sign-in failed", "×"),
        ["session.confirmed"] = new("本人の再確認", "Identity confirmed", "○"),
        ["account.locked"] = new("サインインの停止(連続失敗)", "Sign-in locked after failures", "▲"),
        ["account.unlocked"] = new("サインイン停止の解除", "Sign-in lock released", "○"),
        ["proof.changed"] = new("本人確認手段の変更", "Proof of identity changed"),
        ["site.set-up"] = new("初期設定の完了", "First set-up done", "○"),

        // The site: names, zones and doors.
        ["site.named"] = new("団体・施設名の登録", "Site named"),
        ["zone.registered"] = new("管理区域の登録・変更・廃止", "Zone registered, changed or taken out"),
        ["door.registered"] = new("扉の登録・変更・廃止", "Door registered, changed or taken out"),
        ["site.change-asked"] = new("区域・扉の変更の申請", "Change of a zone or door asked for"),
        ["site.change-decided"] = new("区域・扉の変更の可否", "Change of a zone or door decided"),
        ["site.set-up-checked"] = new("初期設定の確認", "First set-up checked", "○"),

        // Tokens of the API.
        ["token.recorded"] = new("APIトークンの作成・受取・終了", "API token made, taken or ended"),
        ["token.used"] = new("APIトークンの利用", "API token used"),
        ["token.refused"] = new("API呼出しの拒否", "API call refused", "×"),

        // Policy profiles, preconditions and contracts.
        ["profile.adopted"] = new("運用区分の適用", "Policy profile adopted"),
        ["precondition.met"] = new("前提条件の充足", "Precondition met"),
        ["precondition.withdrawn"] = new("前提条件の取消し", "Precondition withdrawn"),
        ["contract.recorded"] = new("業務委託契約の登録・変更", "Contract registered or changed"),
        ["contract.ended"] = new("業務委託契約の終了", "Contract ended"),
        ["contractor.checked"] = new("委託事業者の確認", "Contractor checked"),
        ["belonging.lent"] = new("貸与品の引渡し", "Thing lent"),
        ["belonging.returned"] = new("貸与品の返却", "Thing returned"),
        ["biometric.recorded"] = new("生体情報の登録", "Biometric template recorded"),
        ["biometric.deleted"] = new("生体情報の削除", "Biometric template deleted"),
        ["person.leaving"] = new("異動・退職等の登録", "Leaving recorded"),
        ["personnel.compared"] = new("人事情報との照合", "Held against personnel"),
        ["personnel.decided"] = new("相違の決定", "Difference decided"),
        ["person.lending-suspected"] = new("貸与の疑い", "Lending suspected", "▲"),
        ["door.pin-held"] = new("暗証番号の一時停止", "PIN held", "▲"),
        ["door.duress"] = new("脅迫の合図", "Duress", "■"),

        // Presence, escorts and modes at the doors.
        ["presence.entry-while-inside"] = new("続けての入室", "Entry while inside", "▲"),
        ["zone.left-alone"] = new("単独在室", "Alone inside", "▲"),
        ["zone.left-alone-ended"] = new("単独在室の解消", "No longer alone", "○"),
        ["door.pair-awaited"] = new("二人目待ち", "Second person awaited", "△"),
        ["visit.escort-missing"] = new("付添い不在", "Escort missing", "■"),
        ["visit.escort-returned"] = new("付添いの復帰", "Escort is back", "○"),
        ["visit.escort-handed-over"] = new("付添いの交代", "Escort handed over", "○"),
        ["visit.overstayed"] = new("滞在超過", "Visit overstayed", "▲"),
        ["zone.mode-changed"] = new("区域の状態の変更", "Area mode changed", "◆"),
        ["zone.fire-released"] = new("火災による開放", "Doors released for fire", "■"),
        ["zone.fire-restored"] = new("火災による開放の終了", "Fire release over", "○"),
        ["zone.free-hours-began"] = new("開放時間の開始", "Free hours began", "◇"),
        ["zone.free-hours-ended"] = new("開放時間の終了", "Free hours over", "○"),

        // Who is inside, asked and answered.
        ["presence.asked"] = new("在室の訂正の申出", "Correction of presence asked for"),
        ["presence.answered"] = new("在室の回答", "Presence answered by the person"),
        ["presence.settled"] = new("在室の確認の終了", "Question of presence settled", "○"),

        // The register kept by hand, keys, identity checks, patterns.
        ["hand-line.entered"] = new("手書きの記載の入力", "Hand-written line entered"),
        ["hand-line.decided"] = new("手書きの記載の確認", "Hand-written line checked"),
        ["key.recorded"] = new("鍵の登録・変更", "Key registered or changed"),
        ["key.taken"] = new("鍵の貸出", "Key taken"),
        ["key.returned"] = new("鍵の返却", "Key returned", "○"),
        ["identity.checked"] = new("身分証明書の確認", "Identity checked"),
        ["identity.cleared"] = new("身分証明書の確認の解除", "Identity hold lifted", "○"),
        ["pattern.noticed"] = new("気になる動き", "Pattern noticed", "●"),
        ["pattern.reviewed"] = new("気になる動きの判断", "Pattern reviewed", "○"),

        // Visits.
        ["visit.recorded"] = new("訪問の承認・変更", "Visit approved or changed", "○"),
        ["visit.ended"] = new("訪問の終了", "Visit ended"),
        ["visitor.identity-checked"] = new("訪問者の本人確認", "Visitor's identity checked"),
        ["visitor.items-declared"] = new("持込み品の申告", "Belongings declared"),
        ["visitor.items-handed-back"] = new("預かり品の返却", "Belongings handed back"),
        ["visitor.pre-registered"] = new("訪問者の事前登録", "Visitor registered beforehand"),
        ["visitor.badge-issued"] = new("来訪者証の貸与", "Visitor badge handed out", "○"),
        ["visitor.badge-returned"] = new("来訪者証の返却", "Visitor badge returned", "○"),
        ["visitor.badge-died"] = new("来訪者証の失効", "Visitor badge dead", "▲"),
        ["visitor.turned-away"] = new("受付での拒否", "Visitor turned away", "×"),
        ["visitor-badge.recorded"] = new("来訪者証の登録・変更", "Visitor badge registered or changed"),
        ["visitor.barred"] = new("受付停止の登録", "Visitor barred", "×"),
        ["visitor.bar-lifted"] = new("受付停止の解除", "Bar on a visitor lifted", "○"),

        // Power.
        ["power.outage-began"] = new("停電", "Power outage", "▲"),
        ["power.outage-ended"] = new("復電", "Mains are back", "○"),
        ["power.unsteady"] = new("電源不安定", "Mains unsteady", "▲"),
        ["ups.lost"] = new("UPS通信断", "No contact with a UPS", "▲"),
        ["ups.found"] = new("UPS通信回復", "UPS is back in contact", "○"),
        ["power.reserve-short"] = new("予備電源容量不足", "Reserve power too short", "■"),
        ["power.reserve-enough"] = new("予備電源容量の回復", "Reserve power is enough again", "○"),
        ["power.stage-started"] = new("停止順序の段の開始", "Shutdown stage started", "■"),
        ["power.host-stopped"] = new("機器の停止", "Host stopped", "○"),
        ["power.stage-ended"] = new("停止順序の段の終了", "Shutdown stage ended", "●"),
        ["power.shutdown-stopped"] = new("停止順序の中止", "Shutdown broken off", "●"),
        ["power.shutdown-finished"] = new("停止順序の完了", "Shutdown finished", "■"),
        ["power.restart-allowed"] = new("再起動可", "May start again", "○"),
        ["power.webhook-accepted"] = new("Webhookの受領", "Webhook accepted", "○"),
        ["power.webhook-given-up"] = new("Webhookの断念", "Webhook given up", "▲"),
        ["power.supply-troubled"] = new("電源異常", "Supply trouble", "▲"),
        ["power.supply-recovered"] = new("電源異常の解消", "Supply trouble over", "○"),
        ["battery.tested"] = new("蓄電池の自己診断", "Battery self-test", "●"),
        ["battery.due"] = new("蓄電池の交換時期", "Battery due", "●"),
        ["battery.in-order"] = new("蓄電池の交換時期の解消", "Battery in order", "○"),
        ["power.planned-asked"] = new("計画停電の登録", "Planned outage registered", "●"),
        ["power.planned-declined"] = new("計画停電の取下げ・不同意", "Planned outage not agreed", "―"),
        ["power.drill-held"] = new("訓練(停電)", "Drill: power outage", "◇"),
        ["ups.command-asked"] = new("UPS操作の依頼", "UPS command asked for", "●"),
        ["ups.command-dropped"] = new("UPS操作の取下げ・不承認", "UPS command dropped", "―"),
        ["ups.command-ended"] = new("UPS操作の結果", "UPS command ended", "●"),

        // Alarms and people.
        ["alarm.acknowledged"] = new("警報の確認", "Alarm acknowledged", "○"),
        ["alarm.shelved"] = new("警報の一時停止", "Alarm shelved", "●"),
        ["alarm.unshelved"] = new("警報の一時停止の終了", "Alarm back from its shelf"),
        ["alarm.handed-over"] = new("警報の引継ぎ", "Alarm handed over"),
        ["alarm.noticed"] = new("警報の通知", "Notice of an alarm"),
        ["alarm.cause-over"] = new("警報の原因の解消", "Cause of an alarm seen to be over", "○"),
        ["alarm.drilled"] = new("訓練(警報)", "Drill: alarm", "◇"),
        ["alarm.contact-set"] = new("警報の連絡先の登録・変更", "Alarm contact registered or changed"),
        ["alarm.list-set"] = new("警報の連絡順の登録・変更", "Order of alarm contacts changed"),
        ["maintenance.began"] = new("保守中の開始", "Service began", "◎"),
        ["maintenance.ended"] = new("保守中の終了", "Service ended", "○"),

        // Failures.
        ["failure.reported"] = new("障害の届出", "Failure reported", "●"),
        ["failure.handled"] = new("障害の処理", "Failure handled", "●"),
        ["failure.closed"] = new("障害記録の完了", "Failure record closed", "○"),

        // Carrying.
        ["carry.permitted"] = new("持出し・持込みの許可", "Carrying permitted", "○"),
        ["carry.passed"] = new("持出し・持込みの通過", "Carried past the desk", "▷"),
        ["carry.checked"] = new("返却品の確認", "Returned thing checked", "○"),
        ["carry.overdue"] = new("返却期限の超過", "Not back in time", "▲"),
        ["carry.revoked"] = new("持出し・持込み許可の取消し", "Carry permit revoked", "×"),
        ["carry.refused"] = new("持出し・持込みの拒否", "Carrying refused", "×"),
        ["carry.declared"] = new("受付での持込み申告", "Belongings declared", "○"),
        ["carry.listed"] = new("許可媒体・区域に属する物の一覧の変更", "List of allowed things changed"),
        ["carry.safeguards"] = new("安全管理措置の制定", "Safeguards set"),

        // Work.
        ["work.permitted"] = new("作業の許可", "Work allowed", "○"),
        ["work.started"] = new("作業開始", "Work begun", "●"),
        ["work.ended"] = new("作業終了", "Work ended", "○"),
        ["work.checked"] = new("作業の確認", "Work confirmed", "○"),
        ["work.alone"] = new("単独作業", "Working alone", "▲"),
        ["work.accompanied"] = new("単独作業の解消", "No longer working alone", "○"),
        ["work.reminded"] = new("作業終了の記録の督促", "Work left open", "△"),
        ["work.refused"] = new("作業の拒否", "Work refused", "×"),

        // Climate.
        ["climate.raised"] = new("環境の異常", "Climate condition raised", "▲"),
        ["climate.changed"] = new("環境の異常の変化", "Climate condition changed", "▲"),
        ["climate.cleared"] = new("環境の異常の解消", "Climate condition over", "○"),
        ["climate.confirmed"] = new("環境の正常の確認", "Climate confirmed normal", "○"),
        ["climate.limits-asked"] = new("限界値の変更の申し出", "Climate limits proposed", "●"),
        ["climate.limits-declined"] = new("限界値の変更の取下げ・不同意", "Climate limits not agreed", "―"),
        ["climate.gap"] = new("環境監視の途切れ", "Climate not watched", "▲"),
        ["climate.plan-applied"] = new("測定計画の適用", "Sensing plan in force", "○"),
        ["sensor.calibrated"] = new("センサーの校正値の適用", "Sensor calibration in force", "●"),
        ["sensor.tested"] = new("センサーの試験", "Sensor self-test", "●"),
        ["sender.unknown"] = new("未登録機器", "Device not enrolled", "▲"),
        ["sender.suspected"] = new("不正通信の疑い", "Suspicious traffic", "▲"),
        ["sensor.serviced"] = new("センサーの保守", "Sensor in service", "△"),
        ["sensor.enrolled"] = new("センサーの登録", "Sensor enrolled", "●"),
        ["sensing.order-refused"] = new("登録・測定計画の不適用", "Order about sensors not followed", "▲"),
        ["sensing.plan-asked"] = new("測定計画の変更の申し出", "Sensing plan proposed", "●"),
        ["sensing.plan-declined"] = new("測定計画の変更の取下げ・不同意", "Sensing plan not agreed", "―"),

        // Notices, and times without watching.
        ["notice.sent"] = new("通知の送信", "Notice sent", "○"),
        ["notice.given-up"] = new("通知の断念", "Notice given up", "▲"),
        ["notice.tested"] = new("試験通知の送信依頼", "Test notice asked for", "◇"),
        ["watch.gap"] = new("監視の途切れ", "Time without watching", "●"),

        // Equipment.
        ["asset.recorded"] = new("機器台帳の登録・変更", "Asset registered or changed", "○"),
        ["asset.class-decided"] = new("機器の重要性分類の決定", "Class of an asset decided", "○"),
        ["asset.maintained"] = new("定期保守の実施", "Maintenance done", "○"),
        ["asset.handed-over"] = new("媒体・文書の貸出", "Media or document handed over", "◇"),
        ["asset.handed-back"] = new("媒体・文書の返却", "Media or document handed back", "○"),
    }.ToFrozenDictionary();

    /// <summary>The words of a kind; for a name this version does not know, the name itself.</summary>
    public static Words Of(string name) => All.GetValueOrDefault(name) ?? new(name, name, "―");

    /// <summary>The words of an event's kind.</summary>
    public static Words Of(RecordedEvent item) => Of(RecordKinds.Of(item));
}
