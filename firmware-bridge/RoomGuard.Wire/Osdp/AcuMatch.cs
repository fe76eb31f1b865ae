namespace RoomGuard.Wire.Osdp;

/// <summary>The asking of one reader for a finger, eye or face: from BIOMATCH over the polls to BIOMATCHR. Knows the time only by being told.</summary>
/// <remarks>
/// BIOMATCHR does not say which question it answers (SIA OSDP 2.2), and a wrong guess would let one person's finger confirm another
/// one's card. So a reply counts only for the one question that is open. Another card, or another question, voids it: the reader is
/// told to stop (ABORT), and the next question goes out only after a POLL was answered by a plain ACK, which shows that nothing of the
/// old one is left in the reader's queue.
/// </remarks>
internal sealed class AcuMatch(Action<OsdpCommand> send, Action<BiometricMatchOutcome, byte?> tell)
{
    // No sensor holds its light on for longer than this, whatever became of our conversation with it.
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(1);

    private static readonly AbortCommand Abort = new();

    private Step step;
    private BiometricMatchCommand? question;
    private BiometricMatchCommand? sent;
    private TimeSpan until;
    private TimeSpan clock;
    private bool unsure;
    private TimeSpan sureAgain;

    private enum Step
    {
        Idle,

        /// <summary>ABORT is on its way.</summary>
        Aborting,

        /// <summary>ABORT was answered; what the reader still has to tell comes now.</summary>
        Draining,

        /// <summary>BIOMATCH is on its way.</summary>
        Asking,

        /// <summary>The reader waits for the finger.</summary>
        Waiting,
    }

    /// <summary>Asks. An earlier question is void.</summary>
    /// <param name="latest">From then on an answer no longer counts.</param>
    public void Ask(BiometricMatchCommand command, TimeSpan latest)
    {
        Void();

        // A copy, so that no two questions are ever the same object, whoever asks them.
        question = command with { };
        until = latest;
        if (step == Step.Idle)
        {
            Begin();
        }
    }

    /// <summary>Nobody waits for the answer any more, or another card was read and the next finger may be its holder's.</summary>
    public void Void()
    {
        question = null;
        if (step == Step.Waiting)
        {
            Stop();
        }
    }

    /// <summary>What falls due by time alone.</summary>
    public void Tick(TimeSpan now)
    {
        clock = now;
        unsure = unsure && now < sureAgain;
        if (question is not null && now >= until)
        {
            Answer(BiometricMatchOutcome.TimedOut);
            Void();
        }
    }

    /// <summary>The conversation with the reader broke: what it makes of the question is not known.</summary>
    public void Lost()
    {
        unsure |= step != Step.Idle;
        step = Step.Idle;
        Answer(BiometricMatchOutcome.Failed);
    }

    /// <summary>A POLL was answered by a plain ACK: the reader has nothing more to tell.</summary>
    public void NothingToTell()
    {
        if (step == Step.Draining)
        {
            unsure = false;
            step = Step.Idle;
            if (question is not null)
            {
                Begin();
            }
        }
    }

    /// <summary>A command was done.</summary>
    /// <returns>True when it was one of ours and concerns nobody else.</returns>
    public bool Done(OsdpCommand command)
    {
        if (ReferenceEquals(command, Abort))
        {
            step = step == Step.Aborting ? Step.Draining : step;
            return true;
        }

        if (!ReferenceEquals(command, sent))
        {
            return false;
        }

        if (step is Step.Asking or Step.Idle)
        {
            step = Step.Waiting;
            if (!ReferenceEquals(question, sent))
            {
                Stop();
            }
        }

        return true;
    }

    /// <summary>A command was not done.</summary>
    /// <returns>True when it was one of ours and concerns nobody else.</returns>
    public bool Refused(OsdpCommand command, NakCode nak, RefusalReason why)
    {
        if (ReferenceEquals(command, Abort))
        {
            // A reader that cannot stop may answer the old question at any time, so it gets no new one until it has.
            step = Step.Idle;
            Answer(BiometricMatchOutcome.Failed);
            return true;
        }

        if (!ReferenceEquals(command, sent))
        {
            return false;
        }

        if (step == Step.Asking)
        {
            step = Step.Idle;
            unsure = why != RefusalReason.Nak;
            if (ReferenceEquals(question, sent))
            {
                Answer(why == RefusalReason.Nak ? Meaning(nak) : BiometricMatchOutcome.Failed);
            }
            else if (question is not null)
            {
                Begin();
            }
        }

        return true;
    }

    /// <summary>BIOMATCHR came.</summary>
    /// <returns>False when it answers nothing that is open.</returns>
    public bool Replied(BiometricMatchReply reply)
    {
        if (step == Step.Idle)
        {
            // One question at most is ever with the reader; now it has answered.
            unsure = false;
        }

        if (step != Step.Waiting || question is null || reply.Reader != question.Reader)
        {
            return false;
        }

        step = Step.Idle;
        unsure = false;
        switch (reply.Status)
        {
            case BiometricStatus.Success:
                Answer(BiometricMatchOutcome.Compared, reply.Score);
                break;
            case BiometricStatus.Timeout:
                Answer(BiometricMatchOutcome.TimedOut);
                break;
            default:
                Answer(BiometricMatchOutcome.Failed);
                break;
        }

        return true;
    }

    private static BiometricMatchOutcome Meaning(NakCode nak) => nak switch
    {
        NakCode.UnableToProcess => BiometricMatchOutcome.NotEnrolled,
        NakCode.UnknownCommand or NakCode.BiometricTypeNotSupported or NakCode.BiometricFormatNotSupported => BiometricMatchOutcome.NotSupported,
        _ => BiometricMatchOutcome.Failed,
    };

    private void Begin()
    {
        if (unsure)
        {
            Stop();
            return;
        }

        sent = question!;
        sureAgain = clock + Forgotten;
        step = Step.Asking;
        send(sent);
    }

    private void Stop()
    {
        unsure = true;
        step = Step.Aborting;
        send(Abort);
    }

    private void Answer(BiometricMatchOutcome outcome, byte? score = null)
    {
        if (question is not null)
        {
            question = null;
            tell(outcome, score);
        }
    }
}
