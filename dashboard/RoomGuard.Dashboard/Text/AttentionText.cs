using System.Diagnostics;
using RoomGuard.Dashboard.Now;

namespace RoomGuard.Dashboard.Text;

/// <summary>What needs a hand: what it is, and what to do next, in one sentence a clerk can follow.</summary>
/// <param name="Title">The thing in a few words.</param>
/// <param name="ToDo">The next step.</param>
public sealed record AttentionWords(Word Title, Word ToDo);

/// <summary>Words of every <see cref="AttentionKind"/>.</summary>
public static class AttentionText
{
    public static readonly AttentionWords DoorForced = new(
        new("こじ開け", "Door forced open"),
        new("すぐに現場と映像を確認し、庁舎警備へ連絡してください。許可も退室操作もなく扉が開きました。",
            "Check the door and the camera at once and call building security. It opened with no grant and no exit request."));

    public static readonly AttentionWords DoorHeldOpen = new(
        new("開放超過", "Door held open"),
        new("扉を閉めてください。作業で開けておくときは、終わるまで人が立ち会ってください。",
            "Close the door. If work needs it open, somebody stays with it until it is closed."));

    public static readonly AttentionWords LostCardUsed = new(
        new("紛失カードの使用", "Lost card used"),
        new("すぐに扉へ行ってカードを回収し、情報セキュリティ管理者へ報告してください。扉は開いていません。",
            "Go to the door at once, take the card back and report to the security manager. The door stayed shut."));

    public static readonly AttentionWords Duress = new(
        new("脅迫の合図", "Duress"),
        new("この人は脅されて扉を開けています。扉へ行かず、電話もかけず、警察(110番)へ通報して最高情報統括責任者へ知らせてください。",
            "This person is being forced to open the door. Do not go there or call them: call the police and tell the chief officer."));

    public static readonly AttentionWords RepeatedRefusals = new(
        new("連続拒否", "Repeated refusals"),
        new("扉の前の人に事情を聞いてください。記録を開くと、一つずつの理由が分かります。",
            "Ask the person at the door. The record shows the reason of each refusal."));

    public static readonly AttentionWords ZoneIntrusion = new(
        new("侵入の疑い", "Possible intrusion"),
        new("無人のはずの区域で動きがありました。庁舎警備と二人以上で現場を確認してください。",
            "Something moved in a vacant area. Check with building security, never alone."));

    public static readonly AttentionWords PresenceMismatch = new(
        new("在室不一致", "Presence does not add up"),
        new("本人に実際の出入りを確かめてください。入室または退室のどちらかの記録がありません。",
            "Ask the person how they went in and out: an entry or an exit is missing from the record."));

    public static readonly AttentionWords ReaderFault = new(
        new("読取装置の異常", "Reader fault"),
        new("この扉では手書きの入退室管理簿を使い、装置の電源・配線・覆いを点検してください。退室はできます。",
            "Use the hand-written register at this door and check the reader's power, cable and cover. The way out works."));

    public static readonly AttentionWords PanelLost = new(
        new("制御盤との通信断", "No contact with a bridge"),
        new("扉は制御盤だけで動き続け、記録は盤に残っています。ネットワークと盤の電源を確認してください。",
            "Doors carry on by themselves and the record is kept at the bridge. Check the network and the bridge's power."));

    public static readonly AttentionWords JournalUnwritable = new(
        new("記録できないため入室停止", "Record cannot be written: entry stopped"),
        new("制御盤の記憶装置の空きと故障を確認してください。書けるようになると自動で戻ります。退室はできます。",
            "Check the bridge's disk for space and faults. It recovers by itself. The way out works."));

    public static readonly AttentionWords RecordHole = new(
        new("記録欠落", "Record incomplete"),
        new("制御盤から届いた記録の番号か連鎖がつながりません。盤の記憶装置を保全し、情報セキュリティ管理者へ報告してください。",
            "Reports from a bridge skip numbers or do not join. Keep the bridge's disk as it is and report to the security manager."));

    public static readonly AttentionWords NotInForce = new(
        new("未反映の変更", "Changes not yet in force"),
        new("許可や停止の変更がまだ制御盤に届いていません。急ぐ停止のときは扉に人を置いてください。",
            "A change has not reached a bridge. If a suspension is urgent, post somebody at the door."));

    public static readonly AttentionWords GrantListOld = new(
        new("許可一覧の期限", "Grant list getting old"),
        new("制御盤の許可一覧が古くなり、期限後は入室できなくなります。制御盤との通信を直してください。",
            "The bridge's grant list is old; past its limit nobody enters. Mend the connection to the bridge."));

    public static readonly AttentionWords GrantListRefused = new(
        new("許可一覧の受取拒否", "Grant list refused"),
        new("制御盤が新しい許可一覧を受け取りませんでした。前の一覧で動いています。理由を記録で確認してください。",
            "A bridge refused a new list and works by the last one. See the record for why."));

    public static readonly AttentionWords LockdownInForce = new(
        new("区域封鎖中", "Lockdown in force"),
        new("入室を止めています。退室はできます。終わったら「区域封鎖」で解除してください。",
            "Entry is stopped, the way out is free. Lift it under Lockdown when it is over."));

    public static readonly AttentionWords ClockJumped = new(
        new("時計の飛び", "Clock jumped"),
        new("制御盤の時計が動かされたか、ずれを直しました。記録の順序は番号で保たれています。時刻の設定を確認してください。",
            "A bridge's clock was changed. The record's order is kept by its numbers. Check the time settings."));

    public static readonly AttentionWords DoorUnknown = new(
        new("扉の状態が不明", "Door state unknown"),
        new("扉の開閉が分かりません。現場で閉まっていることを確かめ、接点と配線を点検してください。",
            "Whether the door is shut is not known. Look at it, then check the contact and its cable."));

    public static readonly AttentionWords RoleVacant = new(
        new("責任者不在", "A role is vacant"),
        new("必ず置く役割に人がいません。「役割」で空いている役割を確かめ、任命か代行を申請してください。",
            "Nobody holds a role that must be held. See Roles for which, then apply for somebody or a deputy."));

    // Presence, escorts and modes at the doors.
    public static readonly AttentionWords EscortMissing = new(
        new("付添い不在", "A visitor without an escort"),
        new("すぐに付添い者を呼び戻すか、資格のある職員が付き添ってください。訪問者の退室は止まりません。",
            "Call the escort back, or have an eligible member of staff go there at once. The visitor can always leave."));

    public static readonly AttentionWords VisitOverstayed = new(
        new("滞在超過", "A visit beyond its end"),
        new("付添い者に連絡し、退室するか訪問の延長を申請するよう伝えてください。",
            "Call the escort: the visitor leaves, or an extension of the visit is applied for."));

    public static readonly AttentionWords EntryWhileInside = new(
        new("続けての入室", "Entry while recorded inside"),
        new("退室の記録がないまま同じカードで入ろうとしました。本人の居場所を確かめ、在室を訂正するか貸し借りを調べてください。",
            "The card asked to enter although its holder is recorded inside. Find the person, then correct presence or ask whether it was lent."));

    public static readonly AttentionWords LeftAlone = new(
        new("単独在室", "Somebody is alone inside"),
        new("一人になってはならない区域です。もう一人が入るか、退室するよう連絡してください。",
            "Nobody may be alone in this area: send a second person, or ask the one inside to leave."));

    public static readonly AttentionWords WrongPath = new(
        new("経路違いの入室要求", "Entry asked by a wrong path"),
        new("外側の区域への入室記録がない人が内側の扉にいます。後に付いて入った疑いがあるので、現地で確かめてください。",
            "Somebody with no entry into the outer area is at an inner door: look on the spot who followed whom."));

    public static readonly AttentionWords FireReleased = new(
        new("火災による開放", "Doors released for fire"),
        new("在室者一覧を印刷して点呼してください。終わったら「区域の状態」で通常に戻し、未確認の人を一人ずつ確かめます。",
            "Print the list of people inside and call the roll. When it is over set the area back to normal and confirm the open entries one by one."));

    // The register kept by hand, keys, identity checks, patterns.

    public static readonly AttentionWords KeyOpening = new(
        new("鍵による開扉", "Opened with a key"),
        new("貸出中の鍵で扉が開いたと見られます。鍵を持つ人に確かめてください。心当たりがなければ、こじ開けとして扱ってください。",
            "The door seems to have been opened with a key that is out. Ask whoever holds it; if it was not them, treat it as forced."));

    public static readonly AttentionWords PrivilegeReviewOverdue = new(
        new("特権IDの見直しの期限切れ", "Review of a privileged account overdue"),
        new("年1回の見直しの期限を過ぎています。「特権IDの見直し」で、必要なら続け、不要なら取り消してください。",
            "The yearly review is overdue. Under Review of privileges keep it where it is needed, else withdraw it."));

    public static readonly AttentionWords KeyOverdue = new(
        new("鍵の返却遅れ", "Key overdue"),
        new("返却の期限を過ぎた鍵があります。持っている人に連絡し、「鍵」で返却を記録してください。",
            "A key is not back in time. Call whoever holds it and record its return under Keys."));

    public static readonly AttentionWords HandLineOverdue = new(
        new("手書きの記載が未確認", "Hand-written line not confirmed"),
        new("手書き簿の頁と照らして、入力した人とは別の人が「手書き簿」で確認してください。",
            "Hold it against the paper page; somebody other than who entered it confirms it under Hand-written."));

    public static readonly AttentionWords IdentityNotShown = new(
        new("身分証明書の提示なし", "Identity not shown"),
        new("入室許可を止めています。情報セキュリティ管理者が本人に確かめ、「身分証明書の確認」で解除するか、停止を続けるか決めてください。",
            "Grants are held. The security manager asks the person and lifts the hold under Identity checks, or leaves it."));

    public static readonly AttentionWords LendingSuspected = new(
        new("貸与の疑い", "Lending suspected"),
        new("情報セキュリティ管理者が「気になる動き」で根拠の記録を確かめ、本人に事情を聞いてください。入室は止めていません。",
            "The security manager looks at the evidence under Patterns and asks the person. Nobody is kept out."));

    public static readonly AttentionWords PatternNoticed = new(
        new("気になる動き", "Pattern noticed"),
        new("情報セキュリティ管理者が「気になる動き」で根拠の記録と先月の回数を確かめ、判断を書いてください。入室は止めていません。",
            "The security manager looks at the evidence and last month's count under Patterns and says what it was. Nobody is kept out."));

    public static readonly AttentionWords VisitorBadgeMissing = new(
        new("来訪者証 未返却", "Visitor badge not back"),
        new("付添い者に電話し、訪問者がどこにいるかを確かめてください。この来訪者証では、もうどの扉も開きません。",
            "Call the escort and find out where the visitor is. The badge opens no door any more."));

    public static readonly AttentionWords VisitorBadgeLost = new(
        new("来訪者証の紛失", "Visitor badge lost"),
        new("見つかっても使わず、区域の責任者に渡してください。使われると拒否され、記録に残ります。",
            "If it turns up, give it to the area's manager. Any use is refused and recorded."));

    // Power.
    public static readonly AttentionWords PowerOutage = new(
        new("停電", "Power outage"),
        new("UPSの電池で動いています。「電源」で残り時間と次に止まる段を見て、停電の原因と復電の見込みを確かめてください。",
            "Running on batteries. See Power for the time left and what stops next, and find out why and for how long."));

    public static readonly AttentionWords UpsLost = new(
        new("UPS通信断", "No contact with a UPS"),
        new("状態は不明です。UPSの表示を現地で確かめ、通信線と設定を直してください。",
            "Its state is unknown. Read its own display on the spot, then mend its cable or settings."));

    public static readonly AttentionWords ReserveShort = new(
        new("予備電源容量不足", "Reserve power too short"),
        new("停電すると停止順序が間に合いません。負荷を減らすか、電池を交換するか、「電源」で停止計画を見直してください。",
            "An orderly shutdown would not finish. Take load off, renew batteries, or look at the plan under Power."));

    public static readonly AttentionWords StageTimedOut = new(
        new("停止順序の時間切れ", "Shutdown stage timed out"),
        new("止まらなかった機器があります。次の段は進みます。記録で機器名を見て、手で止めてください。",
            "Hosts did not stop; the next stage goes on. See which in the record and stop them by hand."));

    public static readonly AttentionWords SupplyTroubled = new(
        new("電源異常", "Supply trouble"),
        new("UPSや避雷器が異常を示しています。記録で種類と値を確かめ、電気工事業者か保守業者に点検を頼んでください。",
            "A unit or an arrester reports trouble. See which in the record and have it checked."));

    public static readonly AttentionWords BatteryDue = new(
        new("蓄電池の交換時期", "Battery due"),
        new("蓄電池の交換を手配してください。交換までは、停電時に表示より早く尽きるおそれがあります。",
            "Order a new battery. Until then it may last less than it claims."));

    public static readonly AttentionWords WebhookGivenUp = new(
        new("Webhookの断念", "Webhook given up"),
        new("停止順序の段から知らせるはずの先に届きませんでした。記録で知らせ先と理由を見て、そこで行うはずのことを手で行い、受け手を直してください。",
            "A receiver of a shutdown stage was not reached. See which and why in the record, do by hand what it would have done, and mend it."));

    public static readonly AttentionWords NoticeGivenUp = new(
        new("通知の断念", "Notice given up"),
        new("連絡先に届きませんでした。電話など別の方法で知らせ、「通知」で理由を見て送り先を直し、試験通知を送ってください。",
            "A contact was not reached. Tell them by telephone, see the reason under Notices, mend the channel and send a test."));

    public static readonly AttentionWords LoneWork = new(
        new("単独作業", "Change work without two people"),
        new("システム変更の作業中に、作業者と確認者が二人そろっていません。作業を止めてもらい、もう一人を呼び戻してください。続けられないときは切り戻して終了を記録します。",
            "Change work is under way and fewer than two of its people are inside. Have it stopped and call the other one back; if it cannot go on, roll it back and record the end."));

    public static readonly AttentionWords CarryOverdue = new(
        new("持出し・持込みの返却遅れ", "Carried thing not back in time"),
        new("期限を過ぎて戻っていない物があります。持ち出した人に連絡し、戻ったら受付で返却を記録してください。1日を過ぎたものは情報セキュリティ管理者が対応します。",
            "Something is not back in time. Call whoever carried it, and have reception record its return. After a day the security manager deals with it."));

    public static readonly AttentionWords FailureOverdue = new(
        new("障害記録が5勤務日を超えて未完了", "Failure record open for over 5 working days"),
        new("システム管理者が「障害記録」で状況を見て、処理を進めるか、結果と残る問題を書いて完了にしてください。",
            "The system manager looks at it under Failures: have it mended, or write result and open problem and close it."));

    public static readonly AttentionWords EquipmentOverdue = new(
        new("定期保守又は貸出の期限切れ", "Maintenance or return of items overdue"),
        new("システム管理者が「機器台帳」の期限切れの一覧で、保守を行って結果を書くか、媒体・文書の返却を受けてください。",
            "The system manager looks at what is overdue in the asset register: has maintenance done and written down, and media and documents brought back."));

    public static readonly AttentionWords WitnessLeft = new(
        new("立会い中断", "Witness left a move"),
        new("立会者が区域を離れたか、権限を停止されました。立会者を呼び戻すか、別の職員が区域に入って「搬入・搬出」で再開してください。それまで機器を動かさないでください。",
            "The witness left the zone or was suspended. Call the witness back, or another member of staff enters the zone and goes on with it under Moves. Until then nothing is moved."));

    public static readonly AttentionWords CertificateMissing = new(
        new("処理証明書が未受領", "Certificate of processing missing"),
        new("搬出の後、期限を過ぎました。処理業者に処理証明書を求め、「廃棄・消去記録」に受領を記録してください。",
            "It went out and its day has passed. Ask the firm for its certificate and record the receipt under Disposal and erasure."));

    public static readonly AttentionWords OffsiteCheckOverdue = new(
        new("敷地外の機器の確認が期限切れ", "Check off the premises overdue"),
        new("設置先で機器を確認し、「敷地外の機器」に結果を記録してください。戻せる機器は搬入を申請します。",
            "Have the equipment looked at where it is and write the result down under Equipment off the premises; bring back what is no longer needed there."));
    public static readonly AttentionWords AssetUnpermitted = new(
        new("機器の無許可の持ち運び", "Item passed a door without permission"),
        new("搬入・搬出も許可もない機器が扉を通りました。「警報」で機器番号と近くにいた人を見て、機器を止め、情報セキュリティ管理者へ報告してください。",
            "An item passed a door with no move under way and no permit. See its tag and who was near under Alarms, stop it, and report to the security manager."));

    public static readonly AttentionWords MediaTransferRefused = new(
        new("系統間の媒体移送の違反", "Media between segments against the rules"),
        new("読込みを止めさせ、媒体を預かってください。理由は「系統間の媒体移送」にあります。情報セキュリティ管理者に知らせます。",
            "Have the reading stopped and take the medium. Why stands under Media between segments; the security manager is told."));

    public static readonly AttentionWords CabinetOpened = new(
        new("作業のないラック・収納庫の開", "Cabinet opened without work"),
        new("作業が始まっていない区域でラック・収納庫が開けられました。在室者に確かめ、接続口と機器を見て閉めてください。作業なら開始を記録してもらってください。",
            "A cabinet was opened in a zone without work under way. Ask who is inside, look at ports and equipment and shut it. If it is work, have its begin recorded."));

    public static readonly AttentionWords CabinetLeftOpen = new(
        new("ラック・収納庫の開けたまま", "Cabinet left open after work"),
        new("作業は終わりましたが、ラック・収納庫が開いたままです。作業した人に戻って閉めてもらってください。",
            "The work is over and the cabinet is open still. Have whoever worked come back and shut it."));
    public static readonly AttentionWords StockMissing = new(
        new("棚卸で重要な機器が見つからない", "Items of class I or II missing"),
        new("「棚卸」の結果で、どの機器かを見てください。最後にあった時からの扉と搬入・搬出の記録を調べ、インシデントとして窓口に知らせてください。",
            "See in the result under Stocktaking which they are, go through doors and moves since they were last there, and tell the desk as an incident."));

    public static readonly AttentionWords StocktakeOverdue = new(
        new("棚卸の期限切れ", "Stocktaking overdue"),
        new("「棚卸」でこの区域の棚卸を始め、数え、システム管理者が確認してください。", "Open a round for this zone under Stocktaking, count it, and have the system manager confirm it."));

    /// <summary>The words of a kind.</summary>
    public static AttentionWords Of(AttentionKind kind) => kind switch
    {
        AttentionKind.DoorForced => DoorForced,
        AttentionKind.DoorHeldOpen => DoorHeldOpen,
        AttentionKind.LostCardUsed => LostCardUsed,
        AttentionKind.Duress => Duress,
        AttentionKind.KeyOpening => KeyOpening,
        AttentionKind.KeyOverdue => KeyOverdue,
        AttentionKind.PrivilegeReviewOverdue => PrivilegeReviewOverdue,
        AttentionKind.HandLineOverdue => HandLineOverdue,
        AttentionKind.IdentityNotShown => IdentityNotShown,
        AttentionKind.LendingSuspected => LendingSuspected,
        AttentionKind.PatternNoticed => PatternNoticed,
        AttentionKind.RepeatedRefusals => RepeatedRefusals,
        AttentionKind.ZoneIntrusion => ZoneIntrusion,
        AttentionKind.PresenceMismatch => PresenceMismatch,
        AttentionKind.ReaderFault => ReaderFault,
        AttentionKind.PanelLost => PanelLost,
        AttentionKind.JournalUnwritable => JournalUnwritable,
        AttentionKind.RecordHole => RecordHole,
        AttentionKind.NotInForce => NotInForce,
        AttentionKind.GrantListOld => GrantListOld,
        AttentionKind.GrantListRefused => GrantListRefused,
        AttentionKind.LockdownInForce => LockdownInForce,
        AttentionKind.ClockJumped => ClockJumped,
        AttentionKind.DoorUnknown => DoorUnknown,
        AttentionKind.RoleVacant => RoleVacant,

        // Presence, escorts and modes at the doors.
        AttentionKind.EscortMissing => EscortMissing,
        AttentionKind.VisitOverstayed => VisitOverstayed,
        AttentionKind.EntryWhileInside => EntryWhileInside,
        AttentionKind.LeftAlone => LeftAlone,
        AttentionKind.WrongPath => WrongPath,
        AttentionKind.FireReleased => FireReleased,
        AttentionKind.VisitorBadgeMissing => VisitorBadgeMissing,
        AttentionKind.VisitorBadgeLost => VisitorBadgeLost,

        // Power.
        AttentionKind.PowerOutage => PowerOutage,
        AttentionKind.UpsLost => UpsLost,
        AttentionKind.ReserveShort => ReserveShort,
        AttentionKind.StageTimedOut => StageTimedOut,
        AttentionKind.SupplyTroubled => SupplyTroubled,
        AttentionKind.BatteryDue => BatteryDue,
        AttentionKind.WebhookGivenUp => WebhookGivenUp,
        AttentionKind.NoticeGivenUp => NoticeGivenUp,
        AttentionKind.FailureOverdue => FailureOverdue,
        AttentionKind.EquipmentOverdue => EquipmentOverdue,
        AttentionKind.CarryOverdue => CarryOverdue,
        AttentionKind.LoneWork => LoneWork,
        AttentionKind.WitnessLeft => WitnessLeft,
        AttentionKind.CertificateMissing => CertificateMissing,
        AttentionKind.OffsiteCheckOverdue => OffsiteCheckOverdue,
        AttentionKind.AssetUnpermitted => AssetUnpermitted,
        AttentionKind.MediaTransferRefused => MediaTransferRefused,
        AttentionKind.CabinetOpened => CabinetOpened,
        AttentionKind.CabinetLeftOpen => CabinetLeftOpen,
        AttentionKind.StockMissing => StockMissing,
        AttentionKind.StocktakeOverdue => StocktakeOverdue,
        _ => throw new UnreachableException($"No text for {kind}."),
    };
}
