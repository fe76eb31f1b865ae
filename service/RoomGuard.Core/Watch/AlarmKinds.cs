using System.Collections.Frozen;
using System.Collections.Immutable;
using RoomGuard.Core.Record;

namespace RoomGuard.Core.Watch;

/// <summary>
/// Every kind of alarm there is: what it is about, how urgent, what somebody does about it. What asks nobody to do anything in a limited time is no alarm and has no row here. Which
/// entries of the record raise and end each is in <see cref="AlarmSignals"/>.
/// </summary>
public static class AlarmKinds
{
    private static readonly Words AtOnce = new("数分以内", "Within minutes");
    private static readonly Words WithinTheHour = new("1時間以内", "Within the hour");
    private static readonly Words Today = new("その日のうち", "Today");

    /// <summary>こじ開け (R-DOOR-07).</summary>
    public static readonly AlarmKind DoorForced = new(
        "door-forced",
        AlarmArea.Intrusion,
        AlarmLevel.Emergency,
        new("こじ開け", "Door forced open"),
        new(
            new("許可も退室操作も解錠もないのに扉が開きました。侵入のほか、錠や接点の故障でも起こります。", "The door opened with no grant, exit request or release: an intrusion, or a faulty lock or contact."),
            new("不審者が室内の機器や媒体に触れ、持ち出すおそれがあります。", "Somebody may reach equipment and media, and take them away."),
            [
                new("映像で扉と室内を確認する", "Look at the door and the room on the camera"),
                new("庁舎警備へ連絡し、必ず二人以上で現地へ行く", "Call building security; never go alone"),
                new("扉と錠を目で確かめ、閉める", "Look at door and lock, and close it"),
                new("何があったかを書いて確認済みにする", "Write what it was and acknowledge"),
            ],
            AtOnce))
    {
        Latched = true,
        Safety = true,
    };

    /// <summary>開放超過 (R-DOOR-08).</summary>
    public static readonly AlarmKind DoorHeldOpen = new(
        "door-held-open",
        AlarmArea.Intrusion,
        AlarmLevel.Important,
        new("開放超過", "Door held open"),
        new(
            new("扉が開いたままです。荷物が挟まったか、作業で開けてあります。", "The door is left open: something is in its way, or work keeps it open."),
            new("許可のない人が入れ、空調も効かなくなります。", "Anybody can enter, and the air conditioning is wasted."),
            [new("近くの人に閉めてもらう", "Have somebody near close it"), new("作業で要るときは終わるまで立ち会う", "If work needs it open, stay with it"), new("閉まらないときは蝶番・錠・接点を点検する", "If it does not close, check hinge, lock and contact")],
            AtOnce));

    /// <summary>扉状態不明.</summary>
    public static readonly AlarmKind DoorUnknown = new(
        "door-unknown",
        AlarmArea.Devices,
        AlarmLevel.Important,
        new("扉の状態が不明", "Door state unknown"),
        new(
            new("扉の接点か配線が途切れました。切断のこともあります。", "The door's contact or its cable failed, or was cut."),
            new("開いても分かりません。こじ開けも開放超過も検知できません。", "An opening is not seen: neither a forced door nor one held open is noticed."),
            [new("現地で閉まっていることを確かめる", "See on the spot that it is shut"), new("接点と配線を点検する", "Check contact and cable"), new("直るまで見回りを増やす", "Look in more often until it is mended")],
            WithinTheHour))
    {
        KeptBackBy = ParentCauses.Maintenance | ParentCauses.Bridge,
    };

    /// <summary>紛失カードの使用 (R-DOOR-10).</summary>
    public static readonly AlarmKind LostCardUsed = new(
        "lost-card-used",
        AlarmArea.Intrusion,
        AlarmLevel.Emergency,
        new("紛失カードの使用", "Lost card used"),
        new(
            new("紛失の届けがあるカードが扉にかざされました。拾った人か、見つけた本人です。", "A card reported lost was shown at a door: by a finder, or by its holder who found it."),
            new("扉は開いていません。ほかの扉も試されるおそれがあります。", "The door stayed shut; other doors may be tried."),
            [new("すぐに扉へ行き、カードを回収する", "Go to the door at once and take the card back"), new("情報セキュリティ管理者へ報告する", "Report to the security manager")],
            AtOnce))
    {
        Ends = false,
        Safety = true,
    };

    /// <summary>脅迫の合図.</summary>
    public static readonly AlarmKind Duress = new(
        "duress",
        AlarmArea.Intrusion,
        AlarmLevel.Emergency,
        new("脅迫の合図", "Duress"),
        new(
            new("脅されたときの暗証番号が入力されました。扉はいつもどおり開いています。", "The PIN for duress was typed. The door opened as always."),
            new("この人の身に危険があります。", "This person is in danger."),
            [new("扉へ行かず、本人へ電話もしない", "Do not go there and do not call them"), new("警察(110番)へ通報する", "Call the police"), new("最高情報統括責任者へ知らせる", "Tell the chief officer")],
            AtOnce))
    {
        Ends = false,
        Safety = true,
    };

    /// <summary>連続拒否 (R-DOOR-09).</summary>
    public static readonly AlarmKind RepeatedRefusals = new(
        "repeated-refusals",
        AlarmArea.Intrusion,
        AlarmLevel.Important,
        new("連続拒否", "Repeated refusals"),
        new(
            new("同じ扉か同じカードで拒否が続きました。許可の期限切れか、試している人です。", "Refusals in a row at one door or of one card: a grant has run out, or somebody is trying."),
            new("入れない職員が困るか、ほかの扉が試されます。", "Staff cannot enter, or other doors are tried."),
            [new("扉の前の人に事情を聞く", "Ask the person at the door"), new("記録で一つずつの理由を見る", "See the reason of each refusal in the record")],
            WithinTheHour))
    {
        Ends = false,
    };

    /// <summary>侵入の疑い (R-DOOR-18).</summary>
    public static readonly AlarmKind ZoneIntrusion = new(
        "zone-intrusion",
        AlarmArea.Intrusion,
        AlarmLevel.Emergency,
        new("侵入の疑い", "Possible intrusion"),
        new(
            new("無人のはずの区域で動きがありました。", "Something moved in a vacant area."),
            new("不審者がいるおそれがあります。", "Somebody may be inside who should not be."),
            [new("庁舎警備と二人以上で現地を確認する", "Check with building security, never alone"), new("在室者一覧と映像を照らし合わせる", "Hold the list of people inside against the camera")],
            AtOnce))
    {
        Ends = false,
        Safety = true,
    };

    /// <summary>鍵による開扉 (R-DOOR-13).</summary>
    public static readonly AlarmKind KeyOpening = new(
        "key-opening",
        AlarmArea.Intrusion,
        AlarmLevel.Caution,
        new("鍵による開扉", "Opened with a key"),
        new(
            new("貸出中の鍵で扉が開いたと見られます。", "The door seems to have been opened with a key that is out."),
            new("心当たりがなければ、こじ開けです。", "If it was not the holder of the key, the door was forced."),
            [new("鍵を持つ人に確かめる", "Ask whoever holds the key"), new("心当たりがなければ、こじ開けとして扱う", "If it was not them, treat it as forced")],
            Today))
    {
        Ends = false,
    };

    /// <summary>続けての入室 (R-DOOR-06).</summary>
    public static readonly AlarmKind EntryWhileInside = new(
        "entry-while-inside",
        AlarmArea.Intrusion,
        AlarmLevel.Caution,
        new("続けての入室", "Entry while recorded inside"),
        new(
            new("退室の記録がないまま、同じカードで入ろうとしました。", "The card asked to enter although its holder is recorded inside."),
            new("カードの貸し借りか、記録漏れです。在室者一覧が当てになりません。", "The card was lent or an exit went unrecorded: the list of people inside cannot be trusted."),
            [new("本人の居場所を確かめる", "Find the person"), new("在室を訂正するか、貸し借りを調べる", "Correct presence, or ask whether the card was lent")],
            Today));

    /// <summary>経路違い (R-ZONE-09).</summary>
    public static readonly AlarmKind WrongPath = new(
        "wrong-path",
        AlarmArea.Intrusion,
        AlarmLevel.Important,
        new("経路違いの入室要求", "Entry asked by a wrong path"),
        new(
            new("外側の区域への入室記録がない人が、内側の扉にいます。", "Somebody with no entry into the outer area is at an inner door."),
            new("後に付いて入った人がいるおそれがあります。", "Somebody may have followed another in."),
            [new("現地で本人を確かめる", "See who it is on the spot"), new("外側の扉の前後の記録を見る", "Look at the outer door's entries around that time")],
            WithinTheHour))
    {
        Ends = false,
    };

    /// <summary>無許可搬出 (R-MOVE-05).</summary>
    public static readonly AlarmKind UnpermittedMoveOut = new(
        "unpermitted-move-out",
        AlarmArea.Intrusion,
        AlarmLevel.Emergency,
        new("無許可搬出", "Equipment moved out without permission"),
        new(
            new("実施中の搬出も許可もない機器のタグが、扉で外向きに読み取られました。盗難か、手続きのない持ち運びです。", "The tag of an item with no move under way and no permit was read on its way out: theft, or a move nobody applied for."),
            new("機器と中の情報が失われます。", "The equipment is lost, and what is stored on it."),
            [
                new("近くにいた人を確かめ、機器を止める", "See who was near, and stop the item"),
                new("映像で持ち出した人と行き先を確かめる", "See on the camera who took it and where to"),
                new("情報セキュリティ管理者へ報告し、戻るまで機器の利用を止める", "Report to the security manager; have the item's use stopped until it is back"),
                new("何があったかを書いて確認済みにする", "Write what it was and acknowledge"),
            ],
            AtOnce))
    {
        Ends = false,
        Safety = true,
    };

    /// <summary>無許可持出し of a terminal or medium (R-CARRY-01).</summary>
    public static readonly AlarmKind UnpermittedCarryOut = new(
        "unpermitted-carry-out",
        AlarmArea.Intrusion,
        AlarmLevel.Emergency,
        new("無許可持出し", "Terminal or medium carried out without permission"),
        new(
            new("有効な持出し許可のない端末・媒体のタグが、扉で外向きに読み取られました。", "The tag of a terminal or medium without a permit in force was read on its way out."),
            new("端末や媒体の情報が外へ出ます。", "What is stored on it leaves the premises."),
            [
                new("近くにいた人を確かめ、持ち出しを止める", "See who was near, and stop it"),
                new("受付で許可の有無と期間を確かめる", "See at reception whether there is a permit, and for when"),
                new("情報セキュリティ管理者へ報告する", "Report to the security manager"),
                new("何があったかを書いて確認済みにする", "Write what it was and acknowledge"),
            ],
            AtOnce))
    {
        Ends = false,
        Safety = true,
    };

    /// <summary>無許可搬入 (R-MOVE-05).</summary>
    public static readonly AlarmKind UnpermittedMoveIn = new(
        "unpermitted-move-in",
        AlarmArea.Intrusion,
        AlarmLevel.Important,
        new("無許可搬入", "Equipment moved in without permission"),
        new(
            new("実施中の搬入も許可もない機器のタグが、扉で内向きに読み取られました。", "The tag of an item with no move under way and no permit was read on its way in."),
            new("確かめていない機器がつながれ、既存の情報システムに影響します。", "Equipment nobody has checked may be connected and harm what runs."),
            [new("区域にいる人に機器を確かめてもらい、つながせない", "Have somebody inside look at it, and keep it unconnected"), new("要る物なら搬入を申請し、要らない物なら外へ出す", "If it is wanted, apply for a move in; if not, take it out"), new("何があったかを書いて確認済みにする", "Write what it was and acknowledge")],
            WithinTheHour))
    {
        Ends = false,
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>台帳にない機器タグ at a door (R-MOVE-05).</summary>
    public static readonly AlarmKind UnknownTag = new(
        "asset-tag-unknown",
        AlarmArea.Intrusion,
        AlarmLevel.Caution,
        new("台帳にない機器タグ", "Asset tag in no register"),
        new(
            new("どの台帳にもないタグが扉で読み取られました。登録していない機器か、ほかで使われるタグです。", "A tag of nobody's register was read at a door: an item nobody registered, or a tag used elsewhere."),
            new("登録していない機器は、持ち出されても分かりません。", "An item that is not registered can leave unnoticed."),
            [new("記録でタグと時刻を見て、持っていた人に確かめる", "See tag and time in the record, and ask who carried it"), new("団体の機器なら台帳に登録する", "Register it if it is the organisation's")],
            Today))
    {
        Ends = false,
    };

    /// <summary>作業のないラック・収納庫の開 (R-ZONE-10).</summary>
    public static readonly AlarmKind CabinetOpened = new(
        "cabinet-opened",
        AlarmArea.Intrusion,
        AlarmLevel.Important,
        new("作業のないラック・収納庫の開", "Cabinet opened without work"),
        new(
            new("その区域で作業が始まっていないのに、ラック・収納庫が開けられました。", "A rack or cabinet was opened and no work is under way in its zone."),
            new("接続口に機器がつながれ、機器が抜かれるおそれがあります。", "Something may be plugged into its ports, or taken out."),
            [new("在室者を見て、開けた人に確かめる", "See who is inside, and ask who opened it"), new("現地で接続口と機器を目で確かめ、閉める", "Look at ports and equipment, and shut it"), new("作業なら開始を記録してもらい、何があったかを書いて確認済みにする", "If it is work, have its begin recorded; write what it was and acknowledge")],
            AtOnce))
    {
        Ends = false,
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>ラック・収納庫の開けたまま after the work (R-ZONE-10).</summary>
    public static readonly AlarmKind CabinetLeftOpen = new(
        "cabinet-left-open",
        AlarmArea.Intrusion,
        AlarmLevel.Important,
        new("ラック・収納庫の開けたまま", "Cabinet left open after work"),
        new(
            new("作業が終わりましたが、作業中に開けたラック・収納庫が閉まっていません。", "The work is over, and the cabinet that was opened for it is not shut."),
            new("誰でも接続口と機器に触れられます。", "Anybody inside reaches its ports and equipment."),
            [new("作業した人に戻って閉めてもらう", "Have whoever worked come back and shut it"), new("閉めても消えないときは接点と配線を点検する", "If shutting it does not help, check contact and cable")],
            WithinTheHour))
    {
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>ラック・収納庫の状態不明 (R-ZONE-10).</summary>
    public static readonly AlarmKind CabinetUnknown = new(
        "cabinet-unknown",
        AlarmArea.Devices,
        AlarmLevel.Important,
        new("ラック・収納庫の状態不明", "Cabinet state unknown"),
        new(
            new("ラック・収納庫の接点か、それを伝える機器が途切れました。切断のこともあります。", "The contact of a cabinet, or what tells of it, failed or was cut."),
            new("開けられても分かりません。", "An opening is not seen."),
            [new("現地で閉まっていることを確かめる", "See on the spot that it is shut"), new("接点・電池・配線を点検する", "Check contact, battery and cable")],
            WithinTheHour))
    {
        KeptBackBy = ParentCauses.Maintenance | ParentCauses.Bridge,
    };

    /// <summary>More tags at a gate than are written (R-MOVE-05).</summary>
    public static readonly AlarmKind TagFlood = new(
        "asset-tag-flood",
        AlarmArea.Devices,
        AlarmLevel.Important,
        new("機器タグの読取りが多すぎる", "Too many asset tags at a gate"),
        new(
            new("一分間に記録しきれない数のタグが一つのゲートで読み取られました。故障か、持ち出しを隠すためです。", "A gate read more tags within a minute than are written: a fault, or to hide a removal."),
            new("その間の読取りの一部は記録にありません。", "Some of the reads of that time are not in the record."),
            [new("扉の映像で持ち出しがないか確かめる", "See on the camera whether anything was taken"), new("ゲートと周りのタグを調べる", "Look at the gate and the tags around it")],
            WithinTheHour))
    {
        Ends = false,
        KeptBackBy = ParentCauses.Maintenance | ParentCauses.Bridge,
    };

    /// <summary>付添い不在 (R-VIS-03).</summary>
    public static readonly AlarmKind EscortMissing = new(
        "escort-missing",
        AlarmArea.Visitors,
        AlarmLevel.Important,
        new("付添い不在", "A visitor without an escort"),
        new(
            new("付添い者が先に退室したか、付添いの資格がなくなりました。", "The escort left first, or may no longer escort."),
            new("訪問者が一人で機器に触れられます。", "A visitor is alone with the equipment."),
            [new("付添い者を呼び戻す", "Call the escort back"), new("戻れないときは資格のある職員が付き添う", "If they cannot come, an eligible member of staff goes there")],
            AtOnce))
    {
        Safety = true,
    };

    /// <summary>滞在超過 (R-VIS-09).</summary>
    public static readonly AlarmKind VisitOverstayed = new(
        "visit-overstayed",
        AlarmArea.Visitors,
        AlarmLevel.Caution,
        new("滞在超過", "A visit beyond its end"),
        new(
            new("訪問の終わりの時刻を過ぎても、訪問者が室内にいます。", "A visitor is inside beyond the end of the visit."),
            new("承認されていない滞在になります。", "The stay is no longer approved."),
            [new("付添い者に連絡する", "Call the escort"), new("退室するか、延長を申請してもらう", "The visitor leaves, or an extension is applied for")],
            WithinTheHour));

    /// <summary>立会い中断 (R-MOVE-03).</summary>
    public static readonly AlarmKind WitnessLeft = new(
        "witness-left",
        AlarmArea.Visitors,
        AlarmLevel.Important,
        new("立会い中断", "The witness of a move left"),
        new(
            new("搬入・搬出の完了の前に、立会者が区域を離れたか、権限を停止されました。", "The witness left the zone, or was suspended, before the move ended."),
            new("立会いのないまま機器が持ち出され、持ち込まれます。", "Equipment goes in or out unwitnessed."),
            [new("立会者を呼び戻す", "Call the witness back"), new("戻れないときは別の職員が区域に入って再開する", "If they cannot come, another member of staff enters and goes on with it")],
            AtOnce));

    /// <summary>棚卸の不足: class I or II missing (R-MOVE-11).</summary>
    public static readonly AlarmKind StockMissing = new(
        "stock-missing",
        AlarmArea.Intrusion,
        AlarmLevel.Important,
        new("棚卸で重要な機器が見つからない", "Items of class I or II missing"),
        new(
            new("棚卸の確認で、重要性分類Ⅰ又はⅡの機器・媒体・文書が見つかりませんでした。", "A confirmed stocktaking did not find items of class I or II."),
            new("持ち出されたか、失われた可能性があります。情報が漏れているおそれがあります。", "They may have been taken or lost, and what is on them with them."),
            [new("棚卸の結果で、どの機器かを見る", "See in its result which they are"), new("扉と搬入・搬出の記録で、最後にあった時からを調べる", "Go through doors and moves since they were last there"), new("インシデントとして窓口に知らせる", "Tell the desk as an incident")],
            WithinTheHour));

    /// <summary>単独在室.</summary>
    public static readonly AlarmKind LeftAlone = new(
        "left-alone",
        AlarmArea.Visitors,
        AlarmLevel.Important,
        new("単独在室", "Somebody is alone inside"),
        new(
            new("一人になってはならない区域に、一人が残っています。", "One person is left where nobody may be alone."),
            new("二人での作業の決まりが守られません。倒れても気づけません。", "The rule of two is broken, and nobody would notice an accident."),
            [new("もう一人が入るか、退室してもらう", "Send a second person, or ask the one inside to leave")],
            AtOnce));

    /// <summary>単独作業 (R-WORK-06).</summary>
    public static readonly AlarmKind LoneWork = new(
        "lone-work",
        AlarmArea.Visitors,
        AlarmLevel.Important,
        new("単独作業", "Change work without two people"),
        new(
            new("システム変更の作業中に、作業者と確認者が二人そろっていません。", "Change work is under way and fewer than two of its people are inside."),
            new("互いに確認しない変更になり、作業を完了にできなくなります。", "The change is not checked by another, and the work cannot be completed."),
            [new("作業を止めてもらい、もう一人を呼び戻す", "Have the work stopped and call the other one back"), new("続けられないときは切り戻して終了を記録する", "If it cannot go on, roll it back and record the end")],
            AtOnce));

    /// <summary>系統間の媒体移送の違反 (R-MOVE-08).</summary>
    public static readonly AlarmKind MediaTransfer = new(
        "media-transfer",
        AlarmArea.Record,
        AlarmLevel.Important,
        new("系統間の媒体移送の違反", "Media between segments against the rules"),
        new(
            new("一覧にない媒体や、感染の確認のない媒体などで、系統の間にデータを移そうとしました。", "Data was to be carried between segments by a medium that is not listed, not scanned, or not allowed."),
            new("分けられた系統の間で、感染や情報の流出が起こります。", "An infection or a leak passes between segments that are kept apart."),
            [new("読込みを止めさせ、媒体を預かる", "Have the reading stopped and take the medium"), new("「系統間の媒体移送」で理由を見て、本人に確かめる", "See why under Media between segments, and ask the person")],
            WithinTheHour))
    {
        Ends = false,
    };

    /// <summary>来訪者証 未返却 (R-VIS-06).</summary>
    public static readonly AlarmKind VisitorBadgeMissing = new(
        "visitor-badge-missing",
        AlarmArea.Visitors,
        AlarmLevel.Important,
        new("来訪者証 未返却", "Visitor badge not back"),
        new(
            new("訪問が終わっても来訪者証が戻っていません。", "A visit is over and its badge is not back."),
            new("扉はもう開きませんが、訪問者がまだ館内にいるおそれがあります。", "It opens nothing any more, but the visitor may still be in the building."),
            [new("付添い者に電話し、訪問者の居場所を確かめる", "Call the escort and find out where the visitor is"), new("受付で返却か紛失を記録する", "Record its return or loss at reception")],
            WithinTheHour));

    /// <summary>火災による開放 (R-DOOR-15).</summary>
    public static readonly AlarmKind FireReleased = new(
        "fire-released",
        AlarmArea.Climate,
        AlarmLevel.Emergency,
        new("火災による開放", "Doors released for fire"),
        new(
            new("火災の信号か、職員の指示で扉が開放されました。", "A fire signal, or an order, released the doors."),
            new("人命の危険があります。扉は誰でも通れます。", "Lives are at risk, and anybody can pass the doors."),
            [new("避難を確かめ、119番通報を確認する", "See to the evacuation and that the fire brigade was called"), new("在室者一覧で点呼する", "Call the roll by the list of people inside"), new("終わったら「区域の状態」で通常に戻す", "When it is over set the area back to normal")],
            AtOnce))
    {
        Latched = true,
        Safety = true,
    };

    /// <summary>読取装置の異常 (R-DOOR-17).</summary>
    public static readonly AlarmKind ReaderFault = new(
        "reader-fault",
        AlarmArea.Devices,
        AlarmLevel.Important,
        new("読取装置の異常", "Reader fault"),
        new(
            new("読取装置が応答しないか、登録した装置と違うか、電源が異常です。", "The reader does not answer, is not the enrolled one, or reports its power."),
            new("この扉ではカードで入れません。", "Nobody enters this door by card."),
            [new("手書きの入退室管理簿に切り替える", "Use the hand-written register at this door"), new("電源・配線を点検する", "Check power and cable"), new("装置が違うときは使わずに保全する", "If it is another device, keep it as it is")],
            WithinTheHour))
    {
        KeptBackBy = ParentCauses.Maintenance | ParentCauses.Bridge | ParentCauses.Mains,
    };

    /// <summary>読取装置の覆い開放・通信の改ざん (R-DOOR-17).</summary>
    public static readonly AlarmKind ReaderTampered = new(
        "reader-tampered",
        AlarmArea.Intrusion,
        AlarmLevel.Emergency,
        new("読取装置への細工の疑い", "Reader tampered with"),
        new(
            new("覆いが開けられたか、通信に細工の疑いがあります。", "The cover was opened, or the line may be tampered with."),
            new("カードの情報を盗まれるか、扉を開けられるおそれがあります。", "Card data may be stolen or the door opened."),
            [new("すぐに現地で装置を見る", "Look at the reader at once"), new("作業の予定がなければ庁舎警備へ連絡する", "If no work is planned, call building security"), new("装置を写真に撮り、触れずに保全する", "Photograph it and leave it as it is")],
            AtOnce))
    {
        Latched = true,
    };

    /// <summary>制御盤との通信断 (R-RED-05).</summary>
    public static readonly AlarmKind PanelLost = new(
        "panel-lost",
        AlarmArea.Devices,
        AlarmLevel.Important,
        new("制御盤との通信断", "No contact with a bridge"),
        new(
            new("ネットワークか制御盤の電源が切れました。", "The network or the bridge's power failed."),
            new("扉は制御盤だけで動き続けますが、室内の様子がここでは分かりません。", "Doors carry on by themselves, but nothing of the room is seen here."),
            [new("制御盤の電源表示を見る", "Look at the bridge's power light"), new("ネットワーク機器と配線を点検する", "Check the network and its cables"), new("戻るまで現地で見回る", "Look in on the spot until it is back")],
            WithinTheHour));

    /// <summary>記録欠落 (R-DOOR-02).</summary>
    public static readonly AlarmKind RecordHole = new(
        "record-hole",
        AlarmArea.Record,
        AlarmLevel.Important,
        new("記録欠落", "Record incomplete"),
        new(
            new("制御盤から届いた記録の番号か連鎖がつながりません。故障か改ざんです。", "A bridge's reports skip numbers or do not join: a fault, or tampering."),
            new("その間の出来事を証明できません。", "What happened meanwhile cannot be proven."),
            [new("盤の記憶装置を取り外さずに保全する", "Keep the bridge's disk as it is"), new("情報セキュリティ管理者へ報告する", "Report to the security manager")],
            WithinTheHour))
    {
        Ends = false,
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>記録できなかった時間 (R-LOG-01).</summary>
    public static readonly AlarmKind JournalGap = new(
        "journal-gap",
        AlarmArea.Record,
        AlarmLevel.Emergency,
        new("記録できない時間があった", "Time without record"),
        new(
            new("制御盤の記憶装置の空きが足りないか、故障しました。", "The bridge's disk was full or failed."),
            new("その間は入室できず、退室も記録されていません。", "Nobody could enter, and ways out left no entry."),
            [new("記憶装置の空きと故障を調べる", "Check the disk for space and faults"), new("その間の出入りを手書きで補う", "Fill in by hand who went in and out")],
            AtOnce))
    {
        Ends = false,
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>許可一覧の受取拒否.</summary>
    public static readonly AlarmKind GrantListRefused = new(
        "grant-list-refused",
        AlarmArea.Devices,
        AlarmLevel.Important,
        new("許可一覧の受取拒否", "Grant list refused"),
        new(
            new("署名か版が合わず、制御盤が新しい許可一覧を受け取りませんでした。", "A bridge refused a list: its signature or version does not fit."),
            new("停止や新しい許可がこの制御盤の扉で効きません。", "Suspensions and new grants are not in force at its doors."),
            [new("記録で理由を見る", "See why in the record"), new("急ぐ停止があれば扉に人を置く", "If a suspension is urgent, post somebody at the door"), new("制御盤の鍵と時計を点検する", "Check the bridge's keys and clock")],
            WithinTheHour));

    /// <summary>時計の飛び (R-TIME-04).</summary>
    public static readonly AlarmKind ClockStepped = new(
        "clock-stepped",
        AlarmArea.Record,
        AlarmLevel.Caution,
        new("時計の飛び", "Clock jumped"),
        new(
            new("時計が動かされたか、ずれを直しました。", "The clock was changed or corrected."),
            new("時刻で決まる許可が、その間は正しく働きません。", "What depends on the time of day was wrong meanwhile."),
            [new("時刻の同期の設定を点検する", "Check the time settings")],
            Today))
    {
        Ends = false,
    };

    /// <summary>責任者不在 (R-PROF-04, R-ZONE-07).</summary>
    public static readonly AlarmKind RoleVacant = new(
        "role-vacant",
        AlarmArea.Record,
        AlarmLevel.Caution,
        new("責任者不在", "A role is vacant"),
        new(
            new("異動や期限切れで、必ず置く役割に人がいません。", "Somebody left or a term ran out: nobody holds a role that must be held."),
            new("許可と警報の連絡が止まります。", "Permissions and alarms find nobody."),
            [new("「役割」で空いている役割を見る", "See which role under Roles"), new("任命か代行を申請する", "Apply for somebody, or for a deputy")],
            Today))
    {
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>特権IDのサインイン停止 (R-SIGN-03).</summary>
    public static readonly AlarmKind PrivilegedLocked = new(
        "privileged-locked",
        AlarmArea.Intrusion,
        AlarmLevel.Important,
        new("特権IDのサインイン停止", "Privileged account locked"),
        new(
            new("特権IDで続けてサインインに失敗しました。本人の打ち間違いか、総当たりです。", "Too many failed sign-ins of a privileged account: its holder, or somebody trying."),
            new("設定を変えられる権限が狙われているおそれがあります。", "Somebody may be after the right to change settings."),
            [new("本人に確かめる", "Ask its holder"), new("心当たりがなければ、接続元を調べて報告する", "If it was not them, find where it came from and report")],
            WithinTheHour))
    {
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>停電 (R-PWR-02).</summary>
    public static readonly AlarmKind PowerOutage = new(
        "power-outage",
        AlarmArea.Power,
        AlarmLevel.Important,
        new("停電", "Power outage"),
        new(
            new("商用電源が止まったか、UPSの入力が外れました。", "Mains failed, or the unit's input is off."),
            new("電池が尽きると機器が止まります。「電源」に残り時間が出ています。", "When the batteries are empty everything stops. Power says how long is left."),
            [new("「電源」で残り時間と次に止まる段を見る", "See under Power how long is left and what stops next"), new("分電盤と周りの停電を確かめる", "Check the switchboard and whether others are out too"), new("電力会社に復電の見込みを聞く", "Ask the utility when it will be back")],
            AtOnce))
    {
        Latched = true,
        KeptBackBy = ParentCauses.PlannedOutage | ParentCauses.Maintenance,
    };

    /// <summary>UPS通信断 (R-PWR-06).</summary>
    public static readonly AlarmKind UpsLost = new(
        "ups-lost",
        AlarmArea.Power,
        AlarmLevel.Important,
        new("UPS通信断", "No contact with a UPS"),
        new(
            new("通信線が外れたか、UPSの通信部が止まりました。", "Its cable is off, or its interface has stopped."),
            new("停電しても分からず、停止順序が始まりません。", "An outage would go unseen and no shutdown would begin."),
            [new("UPSの表示を現地で見る", "Read its own display on the spot"), new("通信線と設定を点検する", "Check its cable and settings")],
            WithinTheHour))
    {
        KeptBackBy = ParentCauses.Maintenance | ParentCauses.Bridge,
    };

    /// <summary>予備電源容量不足 (R-PWR-03).</summary>
    public static readonly AlarmKind ReserveShort = new(
        "reserve-short",
        AlarmArea.Power,
        AlarmLevel.Important,
        new("予備電源容量不足", "Reserve power too short"),
        new(
            new("負荷が増えたか、電池が弱ったか、UPSの状態が分かりません。", "More load, a weaker battery, or the state of a unit is not known."),
            new("停電すると、停止順序が終わる前に電池が尽きます。", "In an outage the batteries run out before an orderly shutdown is over."),
            [new("負荷を減らす", "Take load off"), new("電池の交換を手配する", "Order batteries"), new("「電源」で停止計画を見直す", "Look at the plan under Power")],
            WithinTheHour))
    {
        KeptBackBy = ParentCauses.PlannedOutage | ParentCauses.Maintenance,
    };

    /// <summary>停止順序の時間切れ (R-PWR-04).</summary>
    public static readonly AlarmKind StageTimedOut = new(
        "stage-timed-out",
        AlarmArea.Power,
        AlarmLevel.Emergency,
        new("停止順序の時間切れ", "Shutdown stage timed out"),
        new(
            new("止まるはずの機器が時間内に止まりませんでした。次の段は進みます。", "Hosts did not stop in time; the next stage goes on."),
            new("電池が尽きると、その機器は壊れるかもしれません。", "When the battery is empty those hosts go down hard."),
            [new("記録で機器名を見る", "See which hosts in the record"), new("手で止める", "Stop them by hand")],
            AtOnce))
    {
        Ends = false,
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>Webhookの断念 (R-PWR-04).</summary>
    public static readonly AlarmKind WebhookGivenUp = new(
        "webhook-given-up",
        AlarmArea.Power,
        AlarmLevel.Important,
        new("Webhookの断念", "Webhook given up"),
        new(
            new("停止順序の段から知らせる先に届きませんでした。", "A receiver of a shutdown stage was not reached."),
            new("そこで行うはずの停止が行われていません。", "What it would have done has not been done."),
            [new("記録で知らせ先と理由を見る", "See which and why in the record"), new("行うはずのことを手で行う", "Do it by hand"), new("受け手を直す", "Mend the receiver")],
            AtOnce))
    {
        Ends = false,
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>電源異常 (R-PWR-05).</summary>
    public static readonly AlarmKind SupplyTroubled = new(
        "supply-troubled",
        AlarmArea.Power,
        AlarmLevel.Important,
        new("電源異常", "Supply trouble"),
        new(
            new("過電圧・過負荷・迂回・雷サージなど、UPSか避雷器が異常を示しています。", "Over-voltage, overload, bypass, a surge: a unit or an arrester reports trouble."),
            new("機器の故障や、次の停電で守れないことにつながります。", "Equipment may fail, or not be protected in the next outage."),
            [new("記録で種類と値を見る", "See which and how much in the record"), new("電気工事業者か保守業者に点検を頼む", "Have it checked")],
            WithinTheHour))
    {
        KeptBackBy = ParentCauses.PlannedOutage | ParentCauses.Maintenance | ParentCauses.Mains,
    };

    /// <summary>雷サージ (R-PWR-05): counted, and over at once.</summary>
    public static readonly AlarmKind SurgeCounted = new(
        "surge-counted",
        AlarmArea.Power,
        AlarmLevel.Important,
        new("雷サージ", "Surge counted"),
        new(
            new("避雷器が雷サージを受けました。", "The arrester took a surge."),
            new("避雷器が劣化し、次は守れないかもしれません。", "The arrester may be worn and not hold the next one."),
            [new("避雷器の表示を現地で見る", "Read the arrester's own display"), new("点検を頼む", "Have it checked")],
            Today))
    {
        Ends = false,
    };

    /// <summary>蓄電池の交換時期 (R-PWR-07).</summary>
    public static readonly AlarmKind BatteryDue = new(
        "battery-due",
        AlarmArea.Power,
        AlarmLevel.Caution,
        new("蓄電池の交換時期", "Battery due"),
        new(
            new("交換期限が来たか、自己診断に失敗しました。", "Its date has come, or a self-test failed."),
            new("停電時に表示より早く尽きるおそれがあります。", "In an outage it may last less than it claims."),
            [new("交換を手配する", "Order a new battery"), new("交換後に期限を登録する", "Register the new date")],
            Today));

    /// <summary>火災信号 (R-ENV-03, R-DOOR-15): the building's own.</summary>
    public static readonly AlarmKind FireSignal = new(
        "fire",
        AlarmArea.Climate,
        AlarmLevel.Emergency,
        new("火災信号", "Fire signal"),
        new(
            new("建物の火災信号が入りました。", "The building's fire signal came."),
            new("人命の危険があります。扉は届け出た状態に変わります。", "Lives are at risk; doors go to the state agreed with the fire authority."),
            [new("避難を確かめ、119番通報を確認する", "See to the evacuation and that the fire brigade was called"), new("在室者一覧で点呼する", "Call the roll by the list of people inside"), new("鎮火と換気の後に「正常の確認」をする", "When it is out and aired, confirm that all is normal")],
            AtOnce))
    {
        Latched = true,
        Safety = true,
    };

    /// <summary>煙 (R-ENV-03).</summary>
    public static readonly AlarmKind Smoke = new(
        "smoke",
        AlarmArea.Climate,
        AlarmLevel.Emergency,
        new("煙", "Smoke"),
        new(
            new("煙の感知器が働きました。火災のほか、埃や工事でも起こります。", "A smoke detector went off: fire, or dust and building work."),
            new("火災なら数分で広がります。", "A fire spreads within minutes."),
            [new("映像と現地で確かめる。一人で入らない", "Look by camera and on the spot; never go in alone"), new("火なら119番、初期消火、避難", "If it burns: fire brigade, extinguisher, evacuation"), new("原因を除いてから「正常の確認」をする", "When its cause is gone, confirm that all is normal")],
            AtOnce))
    {
        Latched = true,
        Safety = true,
    };

    /// <summary>消火薬剤の放出 (R-ENV-03).</summary>
    public static readonly AlarmKind AgentDischarge = new(
        "agent-discharge",
        AlarmArea.Climate,
        AlarmLevel.Emergency,
        new("消火薬剤の放出", "Extinguishing agent discharged"),
        new(
            new("消火設備が働いたか、誤って放出されました。", "The extinguishing system went off, in need or by mistake."),
            new("薬剤によっては息ができません。", "Some agents leave nothing to breathe."),
            [new("誰も入れない。中の人を点呼する", "Let nobody in; call the roll of those inside"), new("119番と設備業者へ連絡する", "Call the fire brigade and the maintainer"), new("換気の後に「正常の確認」をする", "When it is aired, confirm that all is normal")],
            AtOnce))
    {
        Latched = true,
        Safety = true,
    };

    /// <summary>漏水 (R-ENV-03).</summary>
    public static readonly AlarmKind Leak = new(
        "leak",
        AlarmArea.Climate,
        AlarmLevel.Emergency,
        new("漏水", "Water leak"),
        new(
            new("床か配管に水があります。空調の排水、配管、雨漏りが多い原因です。", "Water on the floor or a pipe: mostly drains of the air conditioning, pipes, or rain."),
            new("床下の配線と機器が水につかり、感電と故障のおそれがあります。", "Cables and equipment may stand in water: shock and damage."),
            [new("水の元を止める", "Stop the water at its source"), new("床下の電源に触れずに水の広がりを見る", "See how far it goes without touching power below the floor"), new("庁舎管理と空調業者へ連絡する", "Call facility staff and the maintainer"), new("乾いたら「正常の確認」をする", "When it is dry, confirm that all is normal")],
            AtOnce))
    {
        Latched = true,
        Safety = true,
    };

    /// <summary>地震・振動 (R-ENV-04): stands until each rack was looked at.</summary>
    public static readonly AlarmKind Earthquake = new(
        "earthquake",
        AlarmArea.Climate,
        AlarmLevel.Emergency,
        new("地震・振動(点検待ち)", "Quake: racks to be checked"),
        new(
            new("地震か、大きな振動がありました。", "An earthquake, or a strong shake."),
            new("機器の転倒・落下、配線の抜け、漏水のおそれがあります。", "Equipment may have fallen, cables come loose, pipes leak."),
            [new("人の無事を確かめる", "See that people are safe"), new("余震に気をつけ、ラックを一つずつ点検して記録する", "Mind aftershocks; look at each rack and write it down"), new("漏水と扉も見る", "Look for water and at the doors too")],
            WithinTheHour))
    {
        Latched = true,
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>空調・給水の停止 (R-ENV-09): told by an input, or by the air itself.</summary>
    public static readonly AlarmKind CoolingLost = new(
        "cooling-lost",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("空調の停止", "Cooling lost"),
        new(
            new("空調か冷却水が止まったか、能力が足りません。", "The air conditioning or its water stopped, or cannot keep up."),
            new("室温が上がり続けます。警報値までの時間は「環境」に出ます。", "The room heats up; the time left until the limit stands on the climate page."),
            [new("空調の表示と電源を見る", "Look at the air conditioning's display and power"), new("業者を呼ぶ。止められる機器を止める", "Call the maintainer; stop what can be stopped"), new("扉を開けるなら人を置く", "If a door is opened, post somebody there"), new("停止計画を使うか決める", "Decide whether to run the shutdown plan")],
            AtOnce));

    /// <summary>温度上昇 (R-ENV-02).</summary>
    public static readonly AlarmKind TemperatureHigh = new(
        "temperature-high",
        AlarmArea.Climate,
        AlarmLevel.Emergency,
        new("温度上昇", "Temperature high"),
        new(
            new("空調の不調、吸気の塞がり、機器の増設が多い原因です。", "Mostly the air conditioning, a blocked air inlet, or more equipment."),
            new("機器が自分で止まるか、壊れます。", "Equipment shuts down by itself, or breaks."),
            [new("空調の運転と設定を見る", "Look at the air conditioning and its settings"), new("ラックの前面を塞ぐ物を除く", "Clear the fronts of the racks"), new("下がらないときは停止計画を使うか決める", "If it does not fall, decide whether to run the shutdown plan")],
            AtOnce));

    /// <summary>温度低下 (R-ENV-02).</summary>
    public static readonly AlarmKind TemperatureLow = new(
        "temperature-low",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("温度低下", "Temperature low"),
        new(
            new("空調の設定違いか、外気が入っています。", "The air conditioning is set wrong, or air comes in from outside."),
            new("結露や機器の起動不良のおそれがあります。", "Water may condense, and equipment may not start."),
            [new("空調の設定と扉・窓を見る", "Look at the settings, the door and the windows")],
            WithinTheHour));

    /// <summary>急な温度変化.</summary>
    public static readonly AlarmKind TemperatureChange = new(
        "temperature-change",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("急な温度変化", "Temperature changes fast"),
        new(
            new("空調が止まったか、扉が開いたままか、機器が過熱しています。", "The air conditioning stopped, a door stands open, or something overheats."),
            new("まもなく温度の限度を超えるおそれがあります。媒体はゆっくりした変化しか耐えません。", "The limit may be passed soon; media stand slow changes only."),
            [new("空調と扉を見る", "Look at the air conditioning and the door"), new("熱い機器がないか確かめる", "See whether something is hot")],
            WithinTheHour));

    /// <summary>高湿度・露点の上昇 (R-ENV-02).</summary>
    public static readonly AlarmKind HumidityHigh = new(
        "humidity-high",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("湿度上昇", "Humidity high"),
        new(
            new("外気が入ったか、空調の除湿が効いていません。水漏れのこともあります。", "Air from outside, no dehumidifying, or water somewhere."),
            new("結露、錆、媒体の傷みのおそれがあります。", "Condensation, rust, and damage to media."),
            [new("扉・窓と空調を見る", "Look at doors, windows and the air conditioning"), new("水がないか確かめる", "See whether there is water")],
            Today));

    /// <summary>低湿度・露点の低下 (R-ENV-02).</summary>
    public static readonly AlarmKind HumidityLow = new(
        "humidity-low",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("湿度低下", "Humidity low"),
        new(
            new("冬の外気か、加湿の不調です。", "Winter air, or a humidifier out of order."),
            new("静電気で機器が壊れるおそれがあります。", "Static electricity may damage equipment."),
            [new("加湿器と空調を見る", "Look at the humidifier and the air conditioning"), new("機器に触れる前に除電する", "Discharge yourself before touching equipment")],
            Today));

    /// <summary>湿度の急な変化.</summary>
    public static readonly AlarmKind HumidityChange = new(
        "humidity-change",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("急な湿度変化", "Humidity changes fast"),
        new(
            new("扉が開いたままか、加湿・除湿の不調です。", "A door stands open, or humidifying or drying is out of order."),
            new("媒体が傷みます。", "Media are damaged."),
            [new("扉と空調を見る", "Look at the door and the air conditioning")],
            Today));

    /// <summary>結露のおそれ.</summary>
    public static readonly AlarmKind Condensation = new(
        "condensation",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("結露のおそれ", "Condensation near"),
        new(
            new("冷たい面の温度が露点に近づいています。", "A cold surface is near the dew point."),
            new("水滴が機器や配線に落ちます。", "Drops fall on equipment and cables."),
            [new("空調の吹出しと配管を見る", "Look at the supply air and the pipes"), new("湿度を下げるか、吹出し温度を上げる", "Bring humidity down, or the supply temperature up")],
            WithinTheHour));

    /// <summary>粉じん (R-ENV-01).</summary>
    public static readonly AlarmKind Dust = new(
        "dust",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("粉じん", "Dust"),
        new(
            new("工事、清掃、フィルタの詰まりが多い原因です。", "Mostly building work, cleaning, or a clogged filter."),
            new("機器の吸気が詰まり、過熱と故障につながります。", "Air inlets clog, and equipment overheats."),
            [new("工事や清掃を止める", "Stop building work and cleaning"), new("フィルタを見る", "Look at the filters")],
            Today));

    /// <summary>開放超過 of a hatch, a rack or a store's door (R-ENV-08).</summary>
    public static readonly AlarmKind OpenTooLong = new(
        "open-too-long",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("扉・点検口の開放超過", "Open too long"),
        new(
            new("ラックか点検口、保管庫の扉が開いたままです。", "A rack, a hatch or a store's door is left open."),
            new("温度と湿度が保てず、誰でも触れられます。", "Temperature and humidity are not kept, and anybody can reach inside."),
            [new("閉める", "Close it"), new("作業で要るときは終わるまで立ち会う", "If work needs it open, stay with it")],
            WithinTheHour));

    /// <summary>センサー途絶 (R-ENV-05).</summary>
    public static readonly AlarmKind SensorSilent = new(
        "sensor-silent",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("センサー途絶", "Sensor silent"),
        new(
            new("電池切れ、電波の届かない所、故障のいずれかです。", "An empty battery, no radio contact, or a fault."),
            new("そこで何が起きても分かりません。", "Whatever happens there is not seen."),
            [new("電池と取付けを見る", "Look at its battery and place"), new("直るまで見回りで補う", "Look in on the spot until it is mended")],
            Today))
    {
        KeptBackBy = ParentCauses.Maintenance | ParentCauses.Bridge,
    };

    /// <summary>センサー異常 (R-ENV-06): says what cannot be, stays the same while its neighbours move, or its clock is off.</summary>
    public static readonly AlarmKind SensorFault = new(
        "sensor-fault",
        AlarmArea.Climate,
        AlarmLevel.Caution,
        new("センサー異常", "Sensor fault"),
        new(
            new("故障、単位の設定違い、外れかけのいずれかです。", "A fault, a wrong unit, or it is coming off."),
            new("その値は判定に使われません。", "Its value is not judged."),
            [new("「環境」で理由と元の値を見る", "See reason and raw value on the climate page"), new("直すか取り替える", "Mend or replace it")],
            Today))
    {
        KeptBackBy = ParentCauses.Maintenance | ParentCauses.Bridge,
    };

    /// <summary>センサー電池 (R-ENV-05).</summary>
    public static readonly AlarmKind SensorBattery = new(
        "sensor-battery",
        AlarmArea.Climate,
        AlarmLevel.Caution,
        new("センサーの電池低下", "Sensor battery low"),
        new(
            new("電池が残りわずかです。", "Its battery is nearly empty."),
            new("まもなく途絶します。", "It will be silent soon."),
            [new("電池を替える", "Replace the battery")],
            Today))
    {
        KeptBackBy = ParentCauses.Maintenance | ParentCauses.Bridge,
    };

    /// <summary>センサー取外し・開封.</summary>
    public static readonly AlarmKind SensorTampered = new(
        "sensor-tampered",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("センサーの取外し・開封", "Sensor opened or taken off"),
        new(
            new("誰かがセンサーを外したか、開けました。", "Somebody took a sensor off or opened it."),
            new("異常を隠すための細工のおそれがあります。", "It may be meant to hide something."),
            [new("作業の予定があるか確かめる", "See whether work is planned"), new("現地で見て、元に戻す", "Look at it on the spot and put it back")],
            WithinTheHour))
    {
        KeptBackBy = ParentCauses.Maintenance | ParentCauses.Bridge,
    };

    /// <summary>中継装置の途絶: one alarm for all that are blind with it.</summary>
    public static readonly AlarmKind GatewayDown = new(
        "gateway-down",
        AlarmArea.Climate,
        AlarmLevel.Important,
        new("中継装置の途絶", "Gateway gone"),
        new(
            new("中継装置かブローカーの電源・通信が切れました。", "A gateway or broker lost its power or network."),
            new("つながるセンサーがすべて見えません。", "All sensors behind it are not seen."),
            [new("電源と配線を見る", "Look at its power and cables"), new("直るまで見回りで補う", "Look in on the spot until it is back")],
            WithinTheHour))
    {
        KeptBackBy = ParentCauses.Maintenance | ParentCauses.Bridge | ParentCauses.Mains,
    };

    /// <summary>未登録機器 (R-NET-01).</summary>
    public static readonly AlarmKind UnknownDevice = new(
        "unknown-device",
        AlarmArea.Devices,
        AlarmLevel.Caution,
        new("未登録機器", "Device not enrolled"),
        new(
            new("登録していない機器がセンサーのブローカーに送信しています。", "A device nobody enrolled sends at a broker of the sensors."),
            new("値は使われません。持ち込まれた機器のおそれがあります。", "What it says is not used. Somebody may have brought it."),
            [new("記録で送信元を見る", "See who it is in the record"), new("使うなら登録し、使わないなら外す", "Enrol it if it is wanted, take it away if not")],
            Today))
    {
        Ends = false,
    };

    /// <summary>不正通信の疑い (R-NET-09).</summary>
    public static readonly AlarmKind OddTraffic = new(
        "odd-traffic",
        AlarmArea.Devices,
        AlarmLevel.Important,
        new("不正通信の疑い", "Suspicious traffic"),
        new(
            new("センサーの名で別の機器が送信したか、送信が多すぎるか、離脱したはずの機器が送信しています。", "Another device sends in a sensor's name, sends far too much, or sends after it was told to be gone."),
            new("偽の値で異常が隠されるおそれがあります。", "False values may hide what is wrong."),
            [new("記録で送信元とセンサーを見る", "See sender and sensor in the record"), new("機器を現地で確かめ、パスワードを替える", "Look at the device and change its password"), new("情報セキュリティ管理者へ報告する", "Report to the security manager")],
            WithinTheHour))
    {
        Ends = false,
    };

    /// <summary>訓練: raised by a person, to try the chain of contacts.</summary>
    public static readonly AlarmKind Drill = new(
        "drill",
        AlarmArea.Record,
        AlarmLevel.Important,
        new("訓練の警報", "Drill alarm"),
        new(
            new("訓練のために職員が出した警報です。", "Raised by a person for a drill."),
            new("実際の異常ではありません。", "Nothing is wrong."),
            [new("いつもの警報と同じように確認する", "Acknowledge it as you would any other"), new("届いた時刻と気づいたことを書く", "Write when it reached you and what you noticed")],
            WithinTheHour))
    {
        Ends = false,
        KeptBackBy = ParentCauses.None,
    };

    /// <summary>All kinds.</summary>
    public static ImmutableArray<AlarmKind> All { get; } =
    [
        DoorForced, DoorHeldOpen, DoorUnknown, LostCardUsed, Duress, RepeatedRefusals, ZoneIntrusion, KeyOpening, EntryWhileInside, WrongPath, EscortMissing, VisitOverstayed, WitnessLeft, StockMissing, LeftAlone, LoneWork,
        UnpermittedMoveOut, UnpermittedCarryOut, UnpermittedMoveIn, UnknownTag, TagFlood, MediaTransfer, CabinetOpened, CabinetLeftOpen, CabinetUnknown,
        VisitorBadgeMissing, FireReleased, ReaderFault, ReaderTampered, PanelLost, RecordHole, JournalGap, GrantListRefused, ClockStepped, RoleVacant, PrivilegedLocked, PowerOutage, UpsLost,
        ReserveShort, StageTimedOut, WebhookGivenUp, SupplyTroubled, SurgeCounted, BatteryDue,
        FireSignal, Smoke, AgentDischarge, Leak, Earthquake, CoolingLost, TemperatureHigh, TemperatureLow, TemperatureChange, HumidityHigh, HumidityLow,
        HumidityChange, Condensation, Dust, OpenTooLong, SensorSilent, SensorFault, SensorBattery, SensorTampered, GatewayDown, UnknownDevice, OddTraffic, Drill,
    ];

    private static readonly FrozenDictionary<string, AlarmKind> ById = All.ToFrozenDictionary(kind => kind.Id);

    /// <summary>A kind by its name; for one this version does not know, a plain one, since records outlive programs.</summary>
    public static AlarmKind Of(string id) => ById.GetValueOrDefault(id) ?? new(id, AlarmArea.Record, AlarmLevel.Important, new(id, id), new(new("―", "–"), new("―", "–"), [], Today)) { Ends = false };

    /// <summary>Whether there is such a kind.</summary>
    public static bool Knows(string id) => ById.ContainsKey(id);
}
